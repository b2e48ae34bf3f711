/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.util.Map;

/** One container: its name, its missing features and its set-up. Found by {@link java.util.ServiceLoader}. */
public interface Server {

    /** The name in the table. */
    String name();

    /**
     * Sets the server up, before Arquillian starts it.
     *
     * @throws Exception if the set-up fails; the message contains the output of the server's own tool
     */
    void prepare(Site site) throws Exception;

    /** The features that this container lacks, each with the reason and its documentation as the source. */
    default Map<Ability, String> lacks() {
        return Map.of();
    }
}
