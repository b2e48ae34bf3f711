/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import org.jspecify.annotations.Nullable;

/**
 * Decision of a gate on one request.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface Verdict {

    /** Returns the response to send instead of the application's, or null if the request passes. */
    @Nullable
    ErrorResponse errorResponse();

    /** The certificate is allowed and gives the request an identity. */
    record Admitted(Identity identity) implements Verdict {
        @Override
        public @Nullable ErrorResponse errorResponse() {
            return null;
        }
    }

    /**
     * The request is refused. If the gate does not enforce, the request passes without an identity.
     *
     * @param template all of the refusal that other requests share
     * @param number a random number, from which the correlation id is made
     */
    record Refused(RefusalTemplate template, long number) implements Verdict {

        /** Returns the reason, which has the code. */
        public Reason reason() {
            return template.reason();
        }

        /** Returns whether the gate enforces. */
        public boolean enforced() {
            return template.enforced();
        }

        /** Returns more about the reason for the log; empty if there is nothing to add. */
        public String detail() {
            return template.detail();
        }

        /** Returns the reason with its detail as a part of a sentence for the log. */
        public String text() {
            return detail().isEmpty() ? reason().text() : reason().text() + ": " + detail();
        }

        /** Returns the response to send if the gate enforces; always with the same id. */
        public ErrorResponse response() {
            return template.response().with(CorrelationId.of(number));
        }

        @Override
        public @Nullable ErrorResponse errorResponse() {
            return enforced() ? response() : null;
        }
    }

    /** The request needs no certificate and passes without an identity. */
    enum Exempt implements Verdict {
        /** Its path is excluded by the settings. */
        EXCLUDED_PATH,
        /** It is a CORS preflight, which browsers send without a certificate. */
        CORS_PREFLIGHT,
        /** It presents no certificate, and the settings allow that. */
        ANONYMOUS;

        @Override
        public @Nullable ErrorResponse errorResponse() {
            return null;
        }
    }
}
