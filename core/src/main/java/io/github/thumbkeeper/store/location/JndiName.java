/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.StoreException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;

/**
 * A name in a naming context of the container.
 *
 * @param location the store as the settings name it
 * @param name the full name
 * @param lookup looks it up
 */
record JndiName(String location, String name, JndiLoader.Lookup lookup) {

    /** Uses the bound object. */
    @FunctionalInterface
    interface Use<T> {
        T run() throws StoreException;
    }

    /**
     * Runs code that uses the bound object. The object may be of any origin, so whatever it throws is a failed load, and the
     * previous result stays in force.
     */
    <T> T guard(Use<T> use) throws StoreException {
        try {
            return use.run();
        } catch (RuntimeException | Error e) {
            throw new StoreException(
                    location, "failed with " + e.getClass().getName() + detail(e), LoggableFailure.ifSecret(e));
        }
    }

    /** Looks up the object. */
    Object lookUp() throws StoreException {
        try {
            Object bound = lookup.lookup(name);
            if (bound == null) {
                throw new StoreException(
                        location, "finds null bound to [" + name + "]; expected " + BoundObject.EXPECTED, null);
            }
            return bound;
        } catch (NameNotFoundException e) {
            throw new StoreException(
                    location,
                    "finds nothing bound to [" + name + "]" + detail(e) + "; " + hint(),
                    LoggableFailure.ifSecret(e));
        } catch (OperationNotSupportedException e) {
            throw StoreException.misconfigured(location, "cannot look up [" + name + "]" + detail(e));
        } catch (NamingException e) {
            throw new StoreException(
                    location,
                    "cannot look up [" + name + "]: " + e.getClass().getName() + detail(e),
                    LoggableFailure.ifSecret(e));
        }
    }

    private String hint() {
        return name.startsWith("java:comp/")
                ? "declare a resource-ref in web.xml and bind it in the container; a global resource of Tomcat also"
                        + " needs a ResourceLink in context.xml"
                : "bind a resource to this name in the container, in Tomcat a Resource in GlobalNamingResources";
    }

    private static String detail(Throwable e) {
        boolean bare = e.getMessage() == null && e.getCause() == null;
        return bare || SecretText.isIn(e) ? "" : " (" + LoggableFailure.describeAll(e) + ")";
    }
}
