/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.certificate.revocation.CrlScope;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate revocation list (RFC 5280 section 5). Only complete lists count that the issuer of the certificates has signed
 * itself, with a key that is in their path, and that it will renew; neither delta nor indirect ones.
 *
 * <p>Safe to share between threads.
 */
public final class Crl {

    private static final String DELTA = "2.5.29.27";
    private static final String FRESHEST = "2.5.29.46";
    private static final Set<String> UNDERSTOOD = Set.of("2.5.29.28");
    /** Reason code and invalidity date, RFC 5280 section 5.3. */
    private static final Set<String> UNDERSTOOD_OF_ENTRIES = Set.of("2.5.29.21", "2.5.29.24");

    private static final int CRL_SIGN = 6;
    private static final int MOST_KEYS = 16;

    /** Certificate issuer, RFC 5280 section 5.3.3: from such an entry on, the JDK takes all for certificates of another issuer. */
    private static final String OTHER_ISSUER = "2.5.29.29";

    /** Clocks differ; what is made this much later than now is of the present. */
    private static final long TOLERATED_SECONDS = 60;

    private final X509CRL list;
    private final CrlScope scope;
    private final @Nullable String flaw;
    /** To verify a long list takes a while, and one at a time. */
    private final Map<PublicKey, Boolean> verified = new ConcurrentHashMap<>();

    /** Looks at a list; its signature is verified later. */
    public Crl(X509CRL list) {
        this.list = list;
        this.scope = CrlScope.of(list);
        this.flaw = flaw(list, scope);
    }

    X500Principal issuer() {
        return list.getIssuerX500Principal();
    }

    /** Returns the issuer for a message. */
    public String issuerName() {
        return DistinguishedNames.printable(issuer());
    }

    /** Returns until when the list holds; the beginning of time if it does not say. */
    Instant until() {
        return list.getNextUpdate() == null
                ? Instant.EPOCH
                : list.getNextUpdate().toInstant();
    }

    /** Returns why the list cannot be used at a moment, or null if it can. */
    public @Nullable String objection(Instant now) {
        if (flaw != null) {
            return flaw;
        }
        if (list.getThisUpdate().after(Date.from(now.plusSeconds(TOLERATED_SECONDS)))) {
            return "begins to hold in the future, at " + list.getThisUpdate().toInstant();
        }
        return list.getNextUpdate().before(Date.from(now))
                ? "has expired at " + list.getNextUpdate().toInstant()
                : null;
    }

    /** Returns whether this certificate has signed the list, and may. */
    public boolean isBy(X509Certificate signer) {
        boolean[] usage = signer.getKeyUsage();
        return issuer().equals(signer.getSubjectX500Principal())
                && (usage == null || usage[CRL_SIGN])
                && isSignedBy(signer.getPublicKey());
    }

    /**
     * Returns what the list says of a certificate, or null if it is not about such certificates.
     *
     * @param signers who of the verified path may sign it
     */
    @Nullable
    RevocationEvidence of(X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry) {
        if (!issuer().equals(certificate.getIssuerX500Principal())) {
            return null;
        }
        if (flaw != null || signers.stream().noneMatch(this::isBy)) {
            return RevocationEvidence.unusable(retry, flaw == null ? "its issuer has not signed it" : flaw);
        }
        // What has been revoked stays so, however old the list is.
        if (list.getRevokedCertificate(certificate.getSerialNumber()) != null) {
            return RevocationEvidence.revoked(later(retry));
        }
        if (!scope.covers(certificate)) {
            return null;
        }
        String objection = objection(now);
        return objection == null
                ? RevocationEvidence.good(list.getNextUpdate().toInstant())
                : RevocationEvidence.unusable(retry, objection);
    }

    private Instant later(Instant retry) {
        Instant next = until();
        return next.isAfter(retry) ? next : retry;
    }

    private boolean isSignedBy(PublicKey key) {
        Boolean known = verified.size() < MOST_KEYS ? verified.computeIfAbsent(key, this::verify) : verified.get(key);
        return known == null ? verify(key) : known;
    }

    private boolean verify(PublicKey key) {
        try {
            list.verify(key);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static @Nullable String flaw(X509CRL list, CrlScope scope) {
        try {
            return firstFlaw(list, scope);
        } catch (RuntimeException e) {
            return "cannot be understood";
        }
    }

    private static @Nullable String firstFlaw(X509CRL list, CrlScope scope) {
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (list.getExtensionValue(DELTA) != null) {
            return "is a delta list, of what has changed since another; only complete lists are accepted";
        }
        if (list.getExtensionValue(FRESHEST) != null) {
            return "is amended by delta lists, which are not read; only lists that are complete by themselves are accepted";
        }
        if (critical != null && !UNDERSTOOD.containsAll(critical)) {
            return "has a critical extension that is not understood";
        }
        if (list.getNextUpdate() == null) {
            return "does not say when the next list will come";
        }
        if (DisabledAlgorithms.forbid(list.getSigAlgName())) {
            return "is signed with " + list.getSigAlgName() + ", which jdk.certpath.disabledAlgorithms forbids";
        }
        if (scope.objection() != null) {
            return scope.objection();
        }
        return hasUnderstoodEntriesOnly(list)
                ? null
                : "has an entry of another issuer, or with a critical extension that is not understood";
    }

    private static boolean hasUnderstoodEntriesOnly(X509CRL list) {
        Set<? extends X509CRLEntry> entries = list.getRevokedCertificates();
        return entries == null || entries.stream().allMatch(Crl::isUnderstood);
    }

    private static boolean isUnderstood(X509CRLEntry entry) {
        Set<String> critical = entry.hasExtensions() ? entry.getCriticalExtensionOIDs() : null;
        return entry.getExtensionValue(OTHER_ISSUER) == null
                && (critical == null || UNDERSTOOD_OF_ENTRIES.containsAll(critical));
    }
}
