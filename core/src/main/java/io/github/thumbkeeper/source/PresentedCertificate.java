/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request presents: the client's own certificate, what a proxy claims of it, or the reason why there is none to
 * judge. Exactly one of the three is there.
 *
 * @param certificate the certificate whose key the client has proved to hold, or null
 * @param others what was sent along with it: claims of the client, with which a path may be found; any of them may be null
 * @param reason why there is no certificate, or null
 * @param claimed the SHA-256 thumbprint that a proxy forwards in the place of a certificate, or null
 * @param headerIgnored whether the request has a header that is believed of trusted proxies only, and its peer is none
 */
public record PresentedCertificate(
        @Nullable X509Certificate certificate,
        List<@Nullable X509Certificate> others,
        @Nullable Reason reason,
        @Nullable Thumbprint claimed,
        boolean headerIgnored) {

    public static final PresentedCertificate NOTHING = refused(Reason.NO_CERTIFICATE);
    static final PresentedCertificate MALFORMED = refused(Reason.MALFORMED);

    public static PresentedCertificate refused(Reason reason) {
        return new PresentedCertificate(null, List.of(), reason, null, false);
    }

    public PresentedCertificate ignoringHeader() {
        return new PresentedCertificate(certificate, others, reason, claimed, true);
    }

    /** Returns the certificate and the others; empty if there is none. */
    public X509Certificate[] chain() {
        return certificate == null
                ? new X509Certificate[0]
                : Stream.concat(Stream.of(certificate), others.stream().filter(Objects::nonNull))
                        .toArray(X509Certificate[]::new);
    }
}
