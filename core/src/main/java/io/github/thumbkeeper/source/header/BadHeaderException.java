/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/** Reports a header field that differs from its format. The message gives the reason and shows none of the value. */
final class BadHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Has no stack trace, because clients decide how often it is thrown. */
    BadHeaderException(String why) {
        super(why, null, false, false);
    }
}
