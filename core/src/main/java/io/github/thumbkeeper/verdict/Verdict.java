/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What the gate decided about one request.
 *
 * <p>Immutable and safe to share between threads.
 */
public sealed interface Verdict {

    /** Returns what to send instead of the application's response, or null to let the request pass. */
    @Nullable
    ErrorResponse errorResponse();

    /** The certificate is allowed and speaks for {@code identity}. */
    record Admitted(Identity identity) implements Verdict {
        @Override
        public @Nullable ErrorResponse errorResponse() {
            return null;
        }
    }

    /** The request stops here, unless the gate does not enforce: then it passes as nobody's. */
    record Refused(Reason reason, ErrorResponse response, boolean enforced) implements Verdict {
        @Override
        public @Nullable ErrorResponse errorResponse() {
            return enforced ? response : null;
        }
    }

    /** The request needs no certificate; it passes as nobody's. */
    enum Exempt implements Verdict {
        /** Its path is excluded by the settings. */
        EXCLUDED_PATH,
        /** It is a CORS preflight, which browsers send without a certificate. */
        CORS_PREFLIGHT,
        /** It presents no certificate, and the settings let such requests pass. */
        ANONYMOUS;

        @Override
        public @Nullable ErrorResponse errorResponse() {
            return null;
        }
    }
}
