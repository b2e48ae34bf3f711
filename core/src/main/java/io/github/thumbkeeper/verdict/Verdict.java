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
     * @param reason the reason, which has the code
     * @param detail more about the reason for the log, safe to print; empty if there is nothing to add. The client never sees it
     * @param response the response to send
     * @param enforced whether the gate enforces
     */
    record Refused(Reason reason, String detail, ErrorResponse response, boolean enforced) implements Verdict {

        /** Refuses without a detail. */
        public Refused(Reason reason, ErrorResponse response, boolean enforced) {
            this(reason, "", response, enforced);
        }

        /** Returns the reason with its detail as a part of a sentence for the log. */
        public String text() {
            return detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
        }

        @Override
        public @Nullable ErrorResponse errorResponse() {
            return enforced ? response : null;
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
