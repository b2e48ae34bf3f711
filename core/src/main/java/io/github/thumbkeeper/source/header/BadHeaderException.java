/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/** A header field does not hold what its format demands. The message says why and shows nothing of the value. */
final class BadHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** There is no stack trace: strangers decide how often one is thrown. */
    BadHeaderException(String why) {
        super(why, null, false, false);
    }
}
