/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.StoreException;
import java.nio.file.Path;
import javax.naming.NamingException;

/** What the container lends the stores: its naming contexts and its folders. */
public interface ContainerResources {

    /**
     * Looks up a {@code java:} name.
     *
     * @throws NamingException if nothing is bound to it
     */
    Object lookup(String name) throws NamingException;

    /**
     * Looks up a name in the container's global naming context ({@code jndi:NAME} in the settings).
     *
     * @throws NamingException if nothing is bound to it, or the container has no such context
     */
    Object lookupGlobal(String name) throws NamingException;

    /**
     * Returns the file a location names.
     *
     * @throws StoreException if this container accepts no such location; the message says which it accepts
     */
    Path file(String location) throws StoreException;
}
