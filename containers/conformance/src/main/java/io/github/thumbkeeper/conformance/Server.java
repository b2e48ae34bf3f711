/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.util.Map;

/** One container: what its module says of it, and how it is set up. Found by {@link java.util.ServiceLoader}. */
public interface Server {

    /** The name in the table. */
    String name();

    /**
     * Sets the server up, before Arquillian starts it.
     *
     * @throws Exception if it cannot; the message says what the server's own tool has printed
     */
    void prepare(Site site) throws Exception;

    /** What does not apply to this container, each with the reason and where its documentation says so. */
    default Map<Ability, String> lacks() {
        return Map.of();
    }
}
