/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.PemText;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last distinct certificates that were refused, or would have been in the mode {@code report}: the list from which an
 * administrator admits a partner, and which shows when enforcing is safe.
 *
 * <p>It keeps {@value #SIZE} certificates; a further one displaces that which was refused least recently. Refusals without a
 * certificate, and those of an outage, are not kept.
 *
 * <p>Thread-safe.
 */
public final class RecentRefusals implements GateListener {

    static final int SIZE = 100;

    /** A certificate that is larger, in bytes of DER, is kept without its PEM, so that the whole list stays below two megabytes. */
    private static final int LARGEST_KEPT = 16 * 1024;

    private final InstantSource clock;
    private final CertificateCache<Thumbprint> thumbprints = new CertificateCache<>();
    private final Map<Thumbprint, RefusedCertificate> byThumbprint = new LinkedHashMap<>(16, 0.75f, true);

    /** Starts with no refusals. */
    public RecentRefusals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void refused(Refusal refusal) {
        X509Certificate certificate = refusal.certificate();
        Reason reason = refusal.verdict().reason();
        if (certificate == null || reason.isOutage()) {
            return;
        }
        Thumbprint thumbprint = thumbprint(certificate);
        if (thumbprint != null) {
            add(thumbprint, certificate, reason, SafeText.text(refusal.peer()), clock.instant());
        }
    }

    /** Returns the certificates, the last refused one first. */
    public List<RefusedCertificate> all() {
        List<RefusedCertificate> all;
        synchronized (byThumbprint) {
            all = new ArrayList<>(byThumbprint.values());
        }
        Collections.reverse(all);
        return all;
    }

    private void add(Thumbprint thumbprint, X509Certificate certificate, Reason reason, String peer, Instant now) {
        synchronized (byThumbprint) {
            RefusedCertificate known = byThumbprint.get(thumbprint);
            if (known != null) {
                byThumbprint.put(thumbprint, again(known, reason, peer, now));
                return;
            }
        }
        // Without the lock: the names of a certificate may be long.
        RefusedCertificate first = first(thumbprint, certificate, reason, peer, now);
        synchronized (byThumbprint) {
            RefusedCertificate known = byThumbprint.get(thumbprint);
            byThumbprint.put(thumbprint, known == null ? first : again(known, reason, peer, now));
            if (byThumbprint.size() > SIZE) {
                byThumbprint.remove(byThumbprint.keySet().iterator().next());
            }
        }
    }

    private static RefusedCertificate again(RefusedCertificate known, Reason reason, String peer, Instant now) {
        return new RefusedCertificate(
                known.thumbprint(),
                known.subject(),
                known.issuer(),
                known.notBefore(),
                known.notAfter(),
                known.pem(),
                reason,
                known.firstSeen(),
                now,
                known.count() + 1,
                peer);
    }

    private static RefusedCertificate first(
            Thumbprint thumbprint, X509Certificate certificate, Reason reason, String peer, Instant now) {
        return new RefusedCertificate(
                thumbprint,
                DistinguishedNames.subjectOf(certificate),
                DistinguishedNames.issuerOf(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                pem(certificate),
                reason,
                now,
                now,
                1,
                peer);
    }

    private static @Nullable String pem(X509Certificate certificate) {
        try {
            byte[] der = certificate.getEncoded();
            return der.length > LARGEST_KEPT ? null : PemText.ofCertificate(der);
        } catch (CertificateEncodingException e) {
            return null;
        }
    }

    private @Nullable Thumbprint thumbprint(X509Certificate certificate) {
        Thumbprint known = thumbprints.get(certificate);
        if (known != null) {
            return known;
        }
        try {
            Thumbprint computed = Thumbprint.of(certificate, DigestAlgorithm.SHA256);
            thumbprints.put(certificate, computed);
            return computed;
        } catch (CertificateEncodingException e) {
            return null;
        }
    }
}
