/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.Arrays;
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
        return refused(reason, "");
    }

    /**
     * Returns the result for a request without a usable certificate.
     *
     * @param detail more about the reason for the log; shows no header value
     */
    static PresentedCertificate refused(Reason reason, String detail) {
        return new Refused(reason, detail, false);
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
     * @param chain the chain as the container or the proxy gave it, not copied. Only what follows its first element counts: claims
     *     of the client, from which a path may be built; any of them may be null
     * @param headerIgnored see {@link PresentedCertificate#headerIgnored()}
     * @param chainIgnored why the chain that the proxy sent cannot be read, for the log; empty if none was ignored
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(
            X509Certificate certificate, @Nullable X509Certificate[] chain, boolean headerIgnored, String chainIgnored)
            implements PresentedCertificate {

        /** Returns the certificate of the TLS connection. */
        static Found ofConnection(X509Certificate certificate, @Nullable X509Certificate[] chain) {
            return new Found(certificate, chain, false, "");
        }

        /** Returns a certificate from a trusted proxy. */
        public static Found of(X509Certificate certificate, List<X509Certificate> others) {
            return new Found(certificate, chain(certificate, others), false, "");
        }

        /** Returns a certificate from a trusted proxy whose chain is ignored, because it cannot be read. */
        public static Found withoutChain(X509Certificate certificate, String why) {
            return new Found(certificate, chain(certificate, List.of()), false, why);
        }

        private static X509Certificate[] chain(X509Certificate certificate, List<X509Certificate> others) {
            return Stream.concat(Stream.of(certificate), others.stream()).toArray(X509Certificate[]::new);
        }

        @Override
        public Found ignoringHeader() {
            return new Found(certificate, chain, true, chainIgnored);
        }

        /** Returns the rest of the chain; any of it may be null. */
        public List<@Nullable X509Certificate> others() {
            return Arrays.<@Nullable X509Certificate>asList(chain).subList(1, chain.length);
        }

        /** Returns a copy of the chain without nulls. */
        public X509Certificate[] shownChain() {
            return Stream.concat(Stream.of(certificate), others().stream().filter(Objects::nonNull))
                    .toArray(X509Certificate[]::new);
        }
    }

    /**
     * The hash of a certificate, from a trusted proxy that does not forward the certificate itself. Only lists of thumbprints
     * of the same algorithm can be applied to it.
     *
     * @param thumbprint the thumbprint that the proxy claims
     * @param field the name of the header field, for the log
     */
    record HashOnly(Thumbprint thumbprint, String field) implements PresentedCertificate {

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
     * @param detail more about the reason for the log, or empty
     * @param headerIgnored see {@link PresentedCertificate#headerIgnored()}
     */
    record Refused(Reason reason, String detail, boolean headerIgnored) implements PresentedCertificate {

        @Override
        public Refused ignoringHeader() {
            return new Refused(reason, detail, true);
        }
    }
}
