/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.StoreException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;

/**
 * A name in the container's naming context, and where to look it up.
 *
 * @param location the name as the settings give it
 * @param name the full name
 */
record JndiName(String location, String name, JndiStore.Lookup lookup) {

    /** What is done with the object. */
    @FunctionalInterface
    interface Use<T> {
        T run() throws StoreException;
    }

    /** The object is a stranger's: whatever comes out of it is a failed reading, and what was read last stands. */
    <T> T guard(Use<T> use) throws StoreException {
        try {
            return use.run();
        } catch (RuntimeException | Error e) {
            throw new StoreException(
                    location, "failed with " + e.getClass().getName() + detail(e), LoggableFailure.ifSecret(e));
        }
    }

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
        String message = e.getMessage();
        return message == null || SecretText.isIn(e) ? "" : " (" + SafeText.text(message) + ")";
    }
}
