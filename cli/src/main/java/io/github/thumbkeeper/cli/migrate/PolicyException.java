/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/** A part of the document is malformed or not understood. The message is a sentence for the administrator. */
final class PolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int index;

    /**
     * Makes an exception.
     *
     * @param index the index of the part in the document
     */
    PolicyException(int index, String message) {
        super(message);
        this.index = index;
    }

    int index() {
        return index;
    }
}
