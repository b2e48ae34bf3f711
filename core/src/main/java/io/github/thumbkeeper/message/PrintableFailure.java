/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/**
 * Stands for what was thrown where that is logged: an exception may repeat what the client has sent, and loggers print
 * messages of exceptions as they are. It has the kind, the stack trace and the causes of the original.
 */
public final class PrintableFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 8;

    private final String kind;

    private PrintableFailure(Throwable failure, int depth) {
        super(
                failure.getMessage() == null ? null : SafeText.text(failure.getMessage()),
                failure.getCause() == null || depth == MOST_CAUSES
                        ? null
                        : new PrintableFailure(failure.getCause(), depth + 1),
                false,
                true);
        this.kind = failure.getClass().getName();
        setStackTrace(failure.getStackTrace());
    }

    public static PrintableFailure of(Throwable failure) {
        return new PrintableFailure(failure, 0);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it shows the kind of what it stands for
    public String toString() {
        return getMessage() == null ? kind : kind + ": " + getMessage();
    }
}
