/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.PemText;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The last distinct certificates that were refused, or would have been in the mode {@code report}: the list from which an
 * administrator admits a partner, and which shows when enforcing is safe.
 *
 * <p>It keeps {@value #SIZE} certificates; a further one displaces that which was refused least recently. Refusals without a
 * certificate, and those of an outage, are not kept.
 *
 * <p>Thread-safe. A refusal of a certificate object in the list takes no lock and makes no object.
 */
public final class RecentRefusals implements GateListener {

    static final int SIZE = 100;

    /** A certificate that is larger, in bytes of DER, is kept without its PEM, so that the whole list stays below two megabytes. */
    private static final int LARGEST_KEPT = 16 * 1024;

    private final InstantSource clock;
    private final AtomicLong order = new AtomicLong();
    private final CertificateCache<KeptRefusal> known = new CertificateCache<>();

    /** The list. Threads lock it to add a certificate, and to read the list. */
    private final Map<Thumbprint, KeptRefusal> kept = new HashMap<>();

    /** Starts with no refusals. */
    public RecentRefusals(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void refused(Refusal refusal) {
        X509Certificate certificate = refusal.certificate();
        if (certificate == null || refusal.verdict().reason().isOutage()) {
            return;
        }
        long now = clock.millis();
        long number = order.incrementAndGet();
        KeptRefusal own = known.get(certificate);
        if (own != null) {
            own.add(refusal, now, number);
        }
        // Also if another thread has displaced it meanwhile.
        if (own == null || own.isForgotten()) {
            Thumbprint thumbprint = own == null ? thumbprint(certificate) : own.thumbprint();
            if (thumbprint != null) {
                keep(thumbprint, certificate, refusal, now, number).add(refusal, now, number);
            }
        }
    }

    /** Returns the certificates, the last refused one first. */
    public List<RefusedCertificate> all() {
        List<KeptRefusal> all;
        synchronized (kept) {
            all = new ArrayList<>(kept.values());
        }
        return all.stream()
                .sorted(Comparator.comparingLong(KeptRefusal::order).reversed())
                .map(KeptRefusal::toRefusedCertificate)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Adds a certificate to the list, or finds it there. */
    private KeptRefusal keep(
            Thumbprint thumbprint, X509Certificate certificate, Refusal refusal, long now, long number) {
        KeptRefusal own;
        synchronized (kept) {
            own = kept.get(thumbprint);
        }
        if (own == null) {
            // Without the lock: the names of a certificate may be long.
            own = add(new KeptRefusal(first(thumbprint, certificate, refusal, Instant.ofEpochMilli(now)), number));
        }
        known.put(certificate, own);
        return own;
    }

    private KeptRefusal add(KeptRefusal added) {
        synchronized (kept) {
            KeptRefusal own = kept.putIfAbsent(added.thumbprint(), added);
            if (own != null) {
                return own;
            }
            if (kept.size() > SIZE) {
                kept.values().stream()
                        .filter(each -> each != added)
                        .min(Comparator.comparingLong(KeptRefusal::order))
                        .ifPresent(this::forget);
            }
            return added;
        }
    }

    private void forget(KeptRefusal oldest) {
        kept.remove(oldest.thumbprint());
        oldest.forget();
    }

    private static RefusedCertificate first(
            Thumbprint thumbprint, X509Certificate certificate, Refusal refusal, Instant now) {
        return new RefusedCertificate(
                thumbprint,
                DistinguishedNames.subjectOf(certificate),
                DistinguishedNames.issuerOf(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                pem(certificate),
                refusal.verdict().reason(),
                now,
                now,
                0,
                refusal.peer());
    }

    private static @Nullable String pem(X509Certificate certificate) {
        try {
            byte[] der = certificate.getEncoded();
            return der.length > LARGEST_KEPT ? null : PemText.ofCertificate(der);
        } catch (CertificateEncodingException e) {
            return null;
        }
    }

    private static @Nullable Thumbprint thumbprint(X509Certificate certificate) {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256);
        } catch (CertificateEncodingException e) {
            return null;
        }
    }
}
