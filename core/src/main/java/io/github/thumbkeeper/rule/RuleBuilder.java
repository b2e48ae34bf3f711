/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Builder of a rule, which takes one attribute at a time. Not thread-safe. */
final class RuleBuilder {

    private static final Set<Attribute> ISSUER =
            EnumSet.of(Attribute.ISSUER_SUBJECT, Attribute.ISSUER_THUMBPRINT, Attribute.ISSUER_CERTIFICATE_ID);

    private static final Set<Attribute> PICKING =
            EnumSet.of(Attribute.LABEL, Attribute.ROLES, Attribute.THUMBPRINT, Attribute.PUBLIC_KEY);

    /** The way to give roles to an entry and change nothing else. */
    static final String ROLES_ALONE =
            "roleMapping instead of the rule, to give roles to entries without refusing others";

    private final TextOrigin origin;
    private final Map<Attribute, String> given = new EnumMap<>(Attribute.class);
    private final List<Predicate<CertificateAttributes>> claims = new ArrayList<>();
    private final List<Predicate<Issuer>> issuerClaims = new ArrayList<>();
    private final List<CertificateDigest> digests = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private @Nullable String issuerId;
    private @Nullable String label;
    private Set<String> roles = Set.of();
    private boolean strong;
    private int sha1;

    RuleBuilder(TextOrigin origin) {
        this.origin = origin;
    }

    void add(Attribute attribute, String value) throws BadClaimException {
        given.put(attribute, value);
        switch (attribute) {
            case THUMBPRINT -> addThumbprint(value);
            case PUBLIC_KEY -> addPin(value);
            case SERIAL_NUMBER -> addSerial(ClaimValues.serial(value));
            case COMMON_NAME -> addCommonName(ClaimValues.name(value));
            case SUBJECT -> addSubject(distinguishedName(attribute, value));
            case DNS_NAME -> addDnsName(ClaimValues.dnsName(value));
            case URI -> addUri(ClaimValues.uri(value));
            case EMAIL -> addEmail(ClaimValues.email(value));
            case USER_PRINCIPAL_NAME -> addUserPrincipalName(ClaimValues.userPrincipalName(value));
            case ISSUER_SUBJECT -> addIssuerSubject(distinguishedName(attribute, value));
            case ISSUER_THUMBPRINT -> addIssuerThumbprint(value);
            case ISSUER_CERTIFICATE_ID -> addIssuerId(ClaimValues.name(value));
            case LABEL -> label = ClaimValues.name(value);
            case ROLES -> roles = ClaimValues.roles(value);
        }
    }

    private void addThumbprint(String value) throws BadClaimException {
        Thumbprint thumbprint = only(ThumbprintParser.parse(value, origin));
        strong = thumbprint.algorithm() != DigestAlgorithm.SHA1;
        digests.add(thumbprint);
        claims.add(it -> thumbprint.equals(it.thumbprint(thumbprint.algorithm())));
        sha1 += strong ? 0 : 1;
    }

    private void addPin(String value) throws BadClaimException {
        PublicKeyPin pin = only(PublicKeyPinParser.parse(value, origin));
        digests.add(pin);
        claims.add(it -> pin.equals(it.pin()));
    }

    private void addSerial(BigInteger serial) {
        claims.add(it -> serial.equals(it.serial()));
    }

    private void addCommonName(String name) {
        claims.add(it -> name.equals(it.commonName()));
    }

    private void addSubject(DistinguishedName name) {
        claims.add(it -> name.equals(it.subject()));
    }

    private void addDnsName(String name) {
        claims.add(it -> NameMatch.anyDnsName(name, it.names()));
    }

    private void addUri(String uri) {
        claims.add(it -> NameMatch.anyUri(uri, it.names()));
    }

    private void addEmail(String email) {
        claims.add(it -> NameMatch.anyEmail(email, it.names()));
    }

    private void addUserPrincipalName(String name) {
        claims.add(it -> NameMatch.onlyUserPrincipalName(name, it.names()));
    }

    private DistinguishedName distinguishedName(Attribute attribute, String value) throws BadClaimException {
        DistinguishedName name = ClaimValues.distinguishedName(value);
        if (name.seemsReversed()) {
            warnings.add(
                    "[" + attribute.key() + "] begins with a country and ends with a common name, which is unusual in"
                            + " the order of RFC 2253; openssl x509 -noout -subject -nameopt RFC2253 prints the order that a rule"
                            + " needs");
        }
        return name;
    }

    private void addIssuerSubject(DistinguishedName name) {
        issuerClaims.add(issuer -> issuer.hasSubject(name));
    }

    private void addIssuerThumbprint(String value) throws BadClaimException {
        Thumbprint thumbprint = only(ThumbprintParser.parse(value, origin));
        issuerClaims.add(issuer -> issuer.hasThumbprint(thumbprint));
        sha1 += thumbprint.algorithm() == DigestAlgorithm.SHA1 ? 1 : 0;
    }

    private void addIssuerId(String id) {
        issuerId = id;
        issuerClaims.add(issuer -> issuer.ids().contains(id));
    }

    private <T extends CertificateDigest> T only(ParsedDigests<T> parsed) throws BadClaimException {
        if (!parsed.problems().isEmpty()) {
            throw new BadClaimException(String.join("; ", parsed.problems()));
        }
        warnings.addAll(parsed.warnings());
        return parsed.digests().get(0);
    }

    /** Returns why the attributes together are not a rule, as the predicate of a sentence. */
    Optional<String> problem() {
        if (given.keySet().equals(Set.of(Attribute.ROLES))) {
            return Optional.of("has roles and no claim, so that it would match every certificate");
        }
        boolean other = given.containsKey(Attribute.ISSUER_SUBJECT) || given.containsKey(Attribute.ISSUER_THUMBPRINT);
        return other && given.containsKey(Attribute.ISSUER_CERTIFICATE_ID)
                ? Optional.of("has [issuer-certificate-id] and another claim about the issuer; expected one of the two")
                : Optional.empty();
    }

    /** Returns the conflicts of the rule with other settings, each as the predicate of a sentence. */
    List<String> conflicts(RuleContext context) {
        List<String> conflicts = new ArrayList<>();
        boolean bound = given.containsKey(Attribute.THUMBPRINT) || given.containsKey(Attribute.PUBLIC_KEY);
        if (!context.trust() && !bound) {
            conflicts.add("has neither [thumbprint] nor [public-key]: anyone can create a certificate with any other"
                    + " content; expected one of them, or validateTrust=true"
                    + (label == null || roles.isEmpty() ? "" : "; or " + ROLES_ALONE));
        }
        if (!context.trust() && given.keySet().stream().anyMatch(ISSUER::contains)) {
            conflicts.add("has a claim about the issuer, which needs a verified path; expected validateTrust=true");
        }
        if (!context.trust() && context.nameFromCertificate() && !strong && label == null) {
            conflicts.add("is too weak for [principal], a name taken from the certificate; expected a"
                    + " [thumbprint] of SHA-256 or longer, or validateTrust=true");
        }
        if (!context.stores() && label != null) {
            conflicts.add("has a [label], which refers to entries of [store], but [store] is not set");
        }
        return conflicts;
    }

    /** Returns whether the rule only picks an entry to give it roles, and so refuses the others perhaps by mistake. */
    boolean onlyGivesRoles() {
        return label != null && !roles.isEmpty() && PICKING.containsAll(given.keySet());
    }

    List<String> warnings() {
        return warnings;
    }

    int sha1() {
        return sha1;
    }

    Rule build() {
        Map<Attribute, String> written = new EnumMap<>(given);
        written.remove(Attribute.ROLES);
        return new Rule(claims, issuerClaims, issuerId, label, roles, digests, RuleText.write(written));
    }
}
