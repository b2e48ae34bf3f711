/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.verdict.Reason;

/**
 * Reports a header field that differs from its format. The message gives the reason in the terms of the format, as a clause
 * without subject, and shows none of the value.
 */
final class BadHeaderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private BadHeaderException(Reason reason, String why) {
        // No stack trace, because clients decide how often it is thrown.
        super(why, null, false, false);
        this.reason = reason;
    }

    /** Reports a value that does not match its format. */
    BadHeaderException(String why) {
        this(Reason.HEADER_MALFORMED, why);
    }

    /** Reports a part of a value that is longer than it may be. */
    static BadHeaderException tooLong(String part, int longest) {
        return new BadHeaderException(
                Reason.HEADER_TOO_LONG, part + " is longer than the " + longest / 1024 + " KiB that are read");
    }

    /** Returns the same problem, found in this part of the value. */
    BadHeaderException in(String part) {
        return new BadHeaderException(reason, part + ": " + why());
    }

    /** Returns the reason to refuse the request. */
    Reason reason() {
        return reason;
    }

    /** Returns the problem. */
    String why() {
        return String.valueOf(getMessage());
    }
}
