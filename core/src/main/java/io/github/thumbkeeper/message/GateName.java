/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/**
 * Name of a gate in the log, where the lines of several gates may be mixed. Immutable and thread-safe.
 *
 * @param name the name; empty for a gate without one
 */
public record GateName(String name) {

    /** A gate without a name, whose lines do not need one. */
    public static final GateName NONE = new GateName("");

    /** Returns the message, followed by the name of the gate. */
    public String after(String message) {
        return name.isEmpty() ? message : message + "; gate " + SafeText.quoted(name);
    }
}
