/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client certificate of a request: found, known by its hash only, or refused with a reason.
 */
public sealed interface PresentedCertificate {

    /** Returns the result for a request without a certificate or with an unusable one. */
    static PresentedCertificate refused(Reason reason) {
        return new Refused(reason, false);
    }

    /**
     * Returns whether the request has a header field that only a trusted proxy may send, from a peer that is not one. Its
     * value was ignored.
     */
    boolean headerIgnored();

    /** Returns the same result, with {@link #headerIgnored()}. */
    PresentedCertificate ignoringHeader();

    /**
     * A certificate.
     *
     * @param certificate the client has proved, to us or to a trusted proxy, that it holds the key of this certificate
     * @param others the rest of the chain, not copied: claims of the client, from which a path may be built; any of them may be
     *     null
     * @param headerIgnored see {@link PresentedCertificate#headerIgnored()}
     */
    record Found(X509Certificate certificate, List<@Nullable X509Certificate> others, boolean headerIgnored)
            implements PresentedCertificate {

        /** Returns a certificate from a trusted proxy. */
        public static Found of(X509Certificate certificate, List<X509Certificate> others) {
            return new Found(certificate, Collections.<@Nullable X509Certificate>unmodifiableList(others), false);
        }

        @Override
        public Found ignoringHeader() {
            return new Found(certificate, others, true);
        }

        /** Returns the certificate and the others, without nulls. */
        public X509Certificate[] chain() {
            return Stream.concat(Stream.of(certificate), others.stream().filter(Objects::nonNull))
                    .toArray(X509Certificate[]::new);
        }
    }

    /**
     * The hash of a certificate, from a trusted proxy that does not forward the certificate itself. Only SHA-256 lists can be
     * applied to it.
     *
     * @param sha256 the thumbprint that the proxy claims
     */
    record HashOnly(Thumbprint sha256) implements PresentedCertificate {

        /** Always false: a hash comes from a header that was not ignored. */
        @Override
        public boolean headerIgnored() {
            return false;
        }

        @Override
        public PresentedCertificate ignoringHeader() {
            throw new IllegalStateException("a hash comes from the header itself");
        }
    }

    /**
     * No usable certificate.
     *
     * @param reason {@link Reason#NO_CERTIFICATE} if the request has none at all
     * @param headerIgnored see {@link PresentedCertificate#headerIgnored()}
     */
    record Refused(Reason reason, boolean headerIgnored) implements PresentedCertificate {

        @Override
        public Refused ignoringHeader() {
            return new Refused(reason, true);
        }
    }
}
