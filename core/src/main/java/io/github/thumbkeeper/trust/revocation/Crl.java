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
 * Certificate revocation list (RFC 5280 section 5). Only a complete CRL with a next update counts, signed by the issuer of the
 * certificates itself with a key in their path; delta CRLs and indirect CRLs do not.
 *
 * <p>Thread-safe.
 */
public final class Crl {

    /** Delta CRL indicator, RFC 5280 section 5.2.4. */
    private static final String DELTA = "2.5.29.27";

    /** Freshest CRL, RFC 5280 section 5.2.6. */
    private static final String FRESHEST = "2.5.29.46";

    /** Issuing distribution point, RFC 5280 section 5.2.5, which {@link CrlScope} reads. */
    private static final Set<String> UNDERSTOOD = Set.of("2.5.29.28");

    /** Reason code and invalidity date, RFC 5280 section 5.3. */
    private static final Set<String> UNDERSTOOD_OF_ENTRIES = Set.of("2.5.29.21", "2.5.29.24");

    /** Why a CRL without a valid signature cannot be used. */
    static final String NOT_SIGNED = "it is not signed by the issuer";

    private static final int CRL_SIGN = 6;
    private static final int MOST_KEYS = 16;

    /** Certificate issuer, RFC 5280 section 5.3.3: the JDK assigns this and all following entries to another issuer. */
    private static final String OTHER_ISSUER = "2.5.29.29";

    /** Tolerated difference between clocks: a CRL may be issued this much later than now. */
    private static final long TOLERATED_SECONDS = 60;

    private final X509CRL list;
    private final CrlScope scope;
    private final @Nullable String flaw;
    /** Whether each key has signed the CRL. Verifying a long CRL takes a while, so one thread does it for all. */
    private final Map<PublicKey, Boolean> verified = new ConcurrentHashMap<>();

    /** Wraps a CRL and checks its form; the signature is verified by {@link #isBy}. */
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

    /** Returns the next update; 1970 if the CRL has none. */
    public Instant nextUpdate() {
        return list.getNextUpdate() == null
                ? Instant.EPOCH
                : list.getNextUpdate().toInstant();
    }

    /** Returns why the CRL cannot be used at a moment, as the predicate of a sentence; null if it can be used. */
    public @Nullable String objection(Instant now) {
        if (flaw != null) {
            return flaw;
        }
        if (list.getThisUpdate().after(Date.from(now.plusSeconds(TOLERATED_SECONDS)))) {
            return "was issued in the future, at " + list.getThisUpdate().toInstant();
        }
        return list.getNextUpdate().before(Date.from(now))
                ? "has expired at " + list.getNextUpdate().toInstant()
                : null;
    }

    /** Returns whether a certificate has signed this CRL and may sign CRLs. */
    public boolean isBy(X509Certificate signer) {
        boolean[] usage = signer.getKeyUsage();
        return issuer().equals(signer.getSubjectX500Principal())
                && (usage == null || usage[CRL_SIGN])
                && isSignedBy(signer.getPublicKey());
    }

    /**
     * Returns the statement of this CRL about a certificate, or null if the certificate is outside its scope.
     *
     * @param signers the certificates of the verified path that may sign the CRL
     * @param retry the time at which to ask again after a failure
     */
    @Nullable
    RevocationEvidence of(X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry) {
        if (!issuer().equals(certificate.getIssuerX500Principal())) {
            return null;
        }
        if (flaw != null || signers.stream().noneMatch(this::isBy)) {
            return RevocationEvidence.unusable(retry, flaw == null ? NOT_SIGNED : flaw);
        }
        // A revocation is final, even on an outdated CRL.
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
        Instant next = nextUpdate();
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
            return "cannot be read";
        }
    }

    private static @Nullable String firstFlaw(X509CRL list, CrlScope scope) {
        Set<String> critical = list.getCriticalExtensionOIDs();
        if (list.getExtensionValue(DELTA) != null) {
            return "is a delta CRL; expected a complete CRL";
        }
        if (list.getExtensionValue(FRESHEST) != null) {
            return "is amended by delta CRLs, which are not read; expected a CRL that is complete by itself";
        }
        if (critical != null && !UNDERSTOOD.containsAll(critical)) {
            return "has a critical extension that is not supported";
        }
        if (list.getNextUpdate() == null) {
            return "has no next update";
        }
        if (DisabledAlgorithms.contain(list.getSigAlgName())) {
            return "is signed with " + list.getSigAlgName() + ", which jdk.certpath.disabledAlgorithms forbids";
        }
        if (scope.objection() != null) {
            return scope.objection();
        }
        return hasUnderstoodEntriesOnly(list)
                ? null
                : "has an entry of another issuer, or with a critical extension that is not supported";
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
