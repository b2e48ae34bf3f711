/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.Explanation.Outcome;
import io.github.thumbkeeper.Explanation.Step;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Explains one decision: makes the calls of {@link CertificateChecks} one by one, and does not stop at the first reason.
 *
 * <p>Not thread-safe.
 */
final class Explainer {

    private final CertificateChecks checks;
    private final Gate.Snapshot.Complete now;
    private final Instant at;
    private final List<Step> steps = new ArrayList<>();
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    Explainer(CertificateChecks checks, Gate.Snapshot.Complete now, Instant at) {
        this.checks = checks;
        this.now = now;
        this.at = at;
    }

    /** Explains why every request is refused. */
    static Explanation outage(Verdict.Refused verdict) {
        return alone("stores", verdict);
    }

    /** Explains an unexpected failure. */
    static Explanation failed(Verdict.Refused verdict) {
        return alone("decision", verdict);
    }

    private static Explanation alone(String name, Verdict.Refused verdict) {
        return new Explanation(
                verdict,
                List.of(new Step(name, Outcome.FAILED, sentence(verdict.reason()))),
                List.of(Advice.on(verdict.reason(), null)));
    }

    /** Explains a request that needs no certificate. */
    static Explanation exempt(Verdict.Exempt verdict) {
        String why = verdict == Verdict.Exempt.CORS_PREFLIGHT
                ? "a CORS preflight passes without a certificate (corsPreflight)"
                : "this path passes without a certificate (exclude)";
        return new Explanation(verdict, List.of(new Step("path", Outcome.PASSED, why)), List.of());
    }

    /**
     * Explains the decision on a presented certificate.
     *
     * @param verdict the decision
     * @param fromRequest whether the certificate was searched for in a request
     */
    Explanation explain(PresentedCertificate presented, Verdict verdict, boolean fromRequest) {
        if (fromRequest) {
            explainSource(presented, verdict);
        }
        Thumbprint sha256 = null;
        if (presented instanceof PresentedCertificate.Found found) {
            sha256 = explainCertificate(found.certificate(), found.chain());
        } else if (presented instanceof PresentedCertificate.HashOnly hash) {
            sha256 = hash.thumbprint();
            if (!isMalformed(verdict)) {
                Matches matches = now.list().find(sha256);
                explainList(matches, matches.at(at.toEpochMilli()), null);
            }
        }
        Thumbprint known = sha256;
        return new Explanation(
                verdict,
                steps,
                reasons.stream().map(reason -> Advice.on(reason, known)).toList());
    }

    private void explainSource(PresentedCertificate presented, Verdict verdict) {
        if (verdict instanceof Verdict.Refused refused && refused.reason() == Reason.HEADER_FROM_UNTRUSTED_PEER) {
            fail("source", refused.reason(), "");
        } else if (presented instanceof PresentedCertificate.Refused refused) {
            if (verdict instanceof Verdict.Exempt) {
                add("source", Outcome.PASSED, "a request without a certificate passes (noCertificate=anonymous)");
            } else {
                fail("source", refused.reason(), detail(refused.detail()));
            }
        } else if (verdict instanceof Verdict.Refused refused && isMalformed(verdict)) {
            fail("source", refused.reason(), detail(refused.detail()));
        } else if (presented instanceof PresentedCertificate.HashOnly) {
            add("source", Outcome.PASSED, "a trusted proxy claims the thumbprint of the certificate");
        } else {
            add(
                    "source",
                    Outcome.PASSED,
                    presented.headerIgnored()
                            ? "the certificate is the connection's; the header is ignored, because the peer is not a trusted"
                                    + " proxy"
                            : "the request has a certificate");
        }
    }

    private @Nullable Thumbprint explainCertificate(X509Certificate certificate, @Nullable X509Certificate[] chain) {
        Matches matches;
        Thumbprint sha256;
        try {
            matches = now.list().find(certificate);
            sha256 = Thumbprint.of(certificate, DigestAlgorithm.SHA256);
        } catch (CertificateEncodingException e) {
            fail("certificate", Reason.MALFORMED, "");
            return null;
        }
        if (!checks.isUsable(certificate, now)) {
            fail("certificate", Reason.MALFORMED, "");
            return sha256;
        }
        add("certificate", Outcome.PASSED, DistinguishedNames.subjectOf(certificate) + ", " + sha256);
        LazyCertificatePath path = CertificateChecks.path(certificate, chain, now, at.toEpochMilli());
        explainWho(matches, certificate, path);
        for (CertificateChecks.Check check : CertificateChecks.Check.values()) {
            explain(check, matches, certificate, path);
        }
        return sha256;
    }

    private void explainWho(Matches matches, X509Certificate certificate, @Nullable LazyCertificatePath path) {
        if (now.rules().isEmpty()) {
            explainList(matches, matches.at(at.toEpochMilli()), null);
            return;
        }
        IdentityResolver resolver = IdentityResolver.of(now.rules(), certificate, path);
        ListDecision listed = resolver.listed(matches, now.rules(), at.toEpochMilli());
        explainList(matches, listed, resolver.orByRule(listed, matches, certificate));
    }

    /**
     * Explains the deny lists, the lists and the rules.
     *
     * @param listed the decision of the lists
     * @param ruled the decision of lists and rules; null if there are no rules
     */
    private void explainList(Matches matches, ListDecision listed, @Nullable ListDecision ruled) {
        boolean denied = listed instanceof ListDecision.Refused refused && refused.reason() == Reason.DENIED;
        if (denied) {
            fail("deny", Reason.DENIED, "");
        } else {
            add("deny", Outcome.PASSED, "no deny list names the certificate");
        }
        String entries = entries(matches.entries());
        if (listed instanceof ListDecision.Refused refused) {
            // Without a decision of their own, the rules return the one of the lists.
            boolean own =
                    ruled == null || (ruled instanceof ListDecision.Refused last && last.reason() == refused.reason());
            if (!denied && own) {
                fail("list", refused.reason(), matches.entries().isEmpty() ? "" : "; " + entries);
            } else {
                add("list", Outcome.NOT_CHECKED, entries + (denied ? "" : "; the rules decide"));
            }
            explainRules(ruled, own);
        } else {
            add("list", Outcome.PASSED, entries);
            add(
                    "rules",
                    now.rules().hasLabels() ? Outcome.PASSED : Outcome.NOT_CHECKED,
                    now.rules().hasLabels()
                            ? "a rule lets the entry count"
                            : ruled == null ? "identities is not set" : "an entry admits the certificate");
        }
    }

    private void explainRules(@Nullable ListDecision ruled, boolean decidedByList) {
        if (ruled == null) {
            add("rules", Outcome.NOT_CHECKED, "identities is not set");
        } else if (ruled instanceof ListDecision.Refused refused) {
            if (decidedByList) {
                add("rules", Outcome.NOT_CHECKED, "no rule changes the decision of the lists");
            } else {
                fail("rules", refused.reason(), "");
            }
        } else {
            add("rules", Outcome.PASSED, "a rule of identities matches the certificate");
        }
    }

    private void explain(
            CertificateChecks.Check check,
            Matches matches,
            X509Certificate certificate,
            @Nullable LazyCertificatePath path) {
        if (check == CertificateChecks.Check.REVOCATION && whyNotAsked(path) != null) {
            add("revocation", Outcome.NOT_CHECKED, String.valueOf(whyNotAsked(path)));
            return;
        }
        AtomicBoolean softFailed = new AtomicBoolean();
        Reason reason = checks.check(
                check, matches, certificate, path, now, at.toEpochMilli(), new CertificateChecks.Findings() {
                    @Override
                    public void softFailed() {
                        softFailed.set(true);
                    }
                });
        switch (check) {
            case DATES -> explainDates(matches.validityOf(certificate), reason);
            case CONSTRAINTS ->
                conclude(
                        "constraints",
                        reason,
                        checks.policy().constraints().equals(Constraints.NONE) ? "no constraint is set" : null,
                        "the certificate meets every constraint");
            case TRUST ->
                conclude(
                        "trust",
                        reason,
                        path == null ? "validateTrust is off" : null,
                        path == null ? "" : issuer(path));
            case REVOCATION ->
                conclude(
                        "revocation",
                        reason,
                        null,
                        softFailed.get()
                                ? "no source answered, and revocationSoftFail lets the certificate pass"
                                : "no certificate of the path is revoked");
        }
    }

    private void explainDates(Matches.Validity validity, @Nullable Reason reason) {
        String dates = "valid from " + Instant.ofEpochMilli(validity.notBefore()) + " until "
                + Instant.ofEpochMilli(validity.notAfter());
        if (reason != null) {
            fail("dates", reason, "; " + dates + ", checked at " + at);
        } else if (!checks.policy().dates().checkNotBefore()
                && !checks.policy().dates().checkNotAfter()) {
            add("dates", Outcome.NOT_CHECKED, "validateNotBefore and validateNotAfter are off; " + dates);
        } else {
            add("dates", Outcome.PASSED, dates);
        }
    }

    private @Nullable String whyNotAsked(@Nullable LazyCertificatePath path) {
        if (now.trust().revocation() == null) {
            return "validateRevocation is off";
        }
        return path != null && path.result() instanceof VerifiedPath ? null : "there is no verified path";
    }

    private static String issuer(LazyCertificatePath path) {
        return path.result() instanceof VerifiedPath verified
                ? "issued by " + DistinguishedNames.subjectOf(verified.issuer()) + ", in a path of "
                        + verified.certificates().size() + " certificates to the root "
                        + DistinguishedNames.subjectOf(verified.certificates()
                                .get(verified.certificates().size() - 1))
                : "";
    }

    private static String entries(List<Entry> entries) {
        return entries.isEmpty()
                ? "no entry matches the certificate"
                : entries.stream().map(Explainer::entry).collect(Collectors.joining(", "));
    }

    private static String entry(Entry entry) {
        return "entry " + (entry.label() == null ? "" : SafeText.quoted(entry.label()) + " ") + entry.digest()
                + (entry.from() == null ? "" : " from " + entry.from())
                + (entry.until() == null ? "" : " until " + entry.until()) + (entry.disabled() ? " disabled" : "");
    }

    private void conclude(String name, @Nullable Reason reason, @Nullable String whyNotChecked, String passed) {
        if (reason != null) {
            fail(name, reason, "");
        } else if (whyNotChecked != null) {
            add(name, Outcome.NOT_CHECKED, whyNotChecked);
        } else {
            add(name, Outcome.PASSED, passed);
        }
    }

    /** Returns whether a hash was refused because the lists have another algorithm. */
    private static boolean isMalformed(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && refused.reason() == Reason.HEADER_MALFORMED;
    }

    private static String detail(String detail) {
        return detail.isEmpty() ? "" : ": " + detail;
    }

    private void fail(String name, Reason reason, String more) {
        reasons.add(reason);
        add(name, Outcome.FAILED, sentence(reason) + more);
    }

    private void add(String name, Outcome outcome, String text) {
        steps.add(new Step(name, outcome, text));
    }

    private static String sentence(Reason reason) {
        return reason.code() + " " + reason.text();
    }
}
