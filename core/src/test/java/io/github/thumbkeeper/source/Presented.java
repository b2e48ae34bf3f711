/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.List;

/** Takes a {@link PresentedCertificate} apart for assertions. */
public final class Presented {

    private Presented() {}

    /** Returns the certificate, or null if none was found. */
    public static X509Certificate certificate(PresentedCertificate presented) {
        return presented instanceof PresentedCertificate.Found found ? found.certificate() : null;
    }

    /** Returns the reason, or null if a certificate or a hash was found. */
    public static Reason reason(PresentedCertificate presented) {
        return presented instanceof PresentedCertificate.Refused refused ? refused.reason() : null;
    }

    /** Returns the rest of the chain. */
    public static List<X509Certificate> others(PresentedCertificate presented) {
        return ((PresentedCertificate.Found) presented).others();
    }
}
