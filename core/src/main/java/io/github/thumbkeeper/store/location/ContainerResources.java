/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.StoreException;
import java.nio.file.Path;
import javax.naming.NamingException;

/** Port for the naming contexts and folders of the container; each front end has its own. */
public interface ContainerResources {

    /**
     * Looks up a {@code java:} name.
     *
     * @throws NamingException if no object is bound to it
     */
    Object lookup(String name) throws NamingException;

    /**
     * Looks up a name in the container's global naming context ({@code jndi:NAME} in the settings).
     *
     * @throws NamingException if no object is bound to it, or the container has no such context
     */
    Object lookupGlobal(String name) throws NamingException;

    /**
     * Returns the path of a location.
     *
     * @throws StoreException if this container does not support such a location; the message names the expected ones
     */
    Path file(String location) throws StoreException;
}
