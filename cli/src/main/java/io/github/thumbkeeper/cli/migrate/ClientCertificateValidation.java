/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code validate-client-certificate}: all of its checks must pass, and all claims of at least one {@code identity}. Not
 * thread-safe.
 */
final class ClientCertificateValidation {

    private static final Map<String, Claim> CHECKS = Map.of(
            "validate-trust", Claim.TRUSTED,
            "validate-revocation", Claim.UNREVOKED,
            "validate-not-before", Claim.BEGUN,
            "validate-not-after", Claim.NOT_ENDED);

    private static final String IGNORE_ERROR = "ignore-error";

    private static final Set<String> CLAIMS = Set.of(
            "thumbprint",
            "serial-number",
            "common-name",
            "subject",
            "dns-name",
            "issuer-subject",
            "issuer-thumbprint",
            "issuer-certificate-id");

    private final Notes notes;
    private final ClaimReader claims;
    private final Set<Claim> datesSwitchedOff = new HashSet<>();
    private boolean ignoresErrors;

    ClientCertificateValidation(Notes notes) {
        this.notes = notes;
        this.claims = new ClaimReader(notes);
    }

    boolean ignoresErrors() {
        return ignoresErrors;
    }

    Set<Claim> datesSwitchedOff() {
        return datesSwitchedOff;
    }

    List<Statement> read(PolicyElement element) {
        List<Condition> conditions = new ArrayList<>();
        for (PolicyAttribute attribute : element.attributes()) {
            if (!CHECKS.containsKey(attribute.name()) && !attribute.name().equals(IGNORE_ERROR)) {
                notes.problem(
                        attribute.index(),
                        SafeText.quoted(attribute.name())
                                + " is not an attribute of <validate-client-certificate> that is understood");
            }
        }
        CHECKS.forEach((attribute, claim) -> {
            notes.found(claim, element.index());
            if (isOn(element, attribute, true)) {
                conditions.add(holds(claim));
            } else if (claim.equals(Claim.BEGUN) || claim.equals(Claim.NOT_ENDED)) {
                datesSwitchedOff.add(claim);
            }
        });
        if (isOn(element, IGNORE_ERROR, false)) {
            ignoresErrors = true;
            notes.remark(element.index(), Remark.Kind.TRANSLATED, "ignore-error is mode=annotate");
        }
        element.texts().forEach(text -> notes.problem(text.index(), "text is not expected here"));
        identities(element, conditions);
        return List.of(new Statement.Require(new Condition.All(List.copyOf(conditions))));
    }

    private boolean isOn(PolicyElement element, String attribute, boolean byDefault) {
        PolicyValue value = element.attribute(attribute);
        if (value == null) {
            return byDefault;
        }
        String text = value.text().strip().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            notes.problem(
                    value.index(),
                    "the value of [" + attribute + "] is " + SafeText.quoted(value.text())
                            + "; expected true or false");
        }
        return text.equals("true");
    }

    private void identities(PolicyElement element, List<Condition> conditions) {
        List<Condition> identities = new ArrayList<>();
        for (PolicyElement list : element.children()) {
            if (!list.is("identities") || element.children().indexOf(list) > 0) {
                notes.problem(list.index(), "one <identities> is expected in <validate-client-certificate>");
                continue;
            }
            if (list.children().isEmpty()) {
                notes.problem(list.index(), "<identities> is empty; expected <identity> elements, or no <identities>");
            }
            for (PolicyElement identity : list.children()) {
                Condition condition = identity(identity);
                if (condition != null) {
                    identities.add(condition);
                }
            }
        }
        if (!identities.isEmpty()) {
            conditions.add(new Condition.Any(List.copyOf(identities)));
        }
    }

    private @Nullable Condition identity(PolicyElement identity) {
        boolean known = identity.is("identity")
                && identity.children().isEmpty()
                && identity.texts().isEmpty();
        if (!known || identity.attributes().isEmpty()) {
            notes.problem(identity.index(), "an empty element <identity> with attributes is expected");
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (PolicyAttribute attribute : identity.attributes()) {
            try {
                values.put(attribute.name(), value(attribute));
            } catch (PolicyException e) {
                notes.add(e);
                return null;
            }
        }
        if (values.containsKey("issuer-certificate-id")
                && (values.containsKey("issuer-subject") || values.containsKey("issuer-thumbprint"))) {
            notes.problem(identity.index(), "issuer-certificate-id excludes the other attributes of the issuer");
        }
        Claim claim = values.keySet().equals(Set.of("thumbprint"))
                ? new Claim(Claim.Kind.THUMBPRINT, Map.copyOf(values))
                : new Claim(Claim.Kind.IDENTITY, Map.copyOf(values));
        notes.found(claim, identity.index());
        remark(identity, values);
        return holds(claim);
    }

    private String value(PolicyAttribute attribute) throws PolicyException {
        if (!CLAIMS.contains(attribute.name())) {
            throw new PolicyException(
                    attribute.index(), SafeText.quoted(attribute.name()) + " is not a claim that is understood");
        }
        if (attribute.value().isExpression()) {
            throw new PolicyException(
                    attribute.value().index(),
                    "the claim is an expression; expected a constant, or a named value alone");
        }
        return claims.value(
                attribute.name(), attribute.value().text(), attribute.value().index());
    }

    private void remark(PolicyElement identity, Map<String, String> values) {
        notes.remark(
                identity.index(),
                Remark.Kind.TRANSLATED,
                values.keySet().equals(Set.of("thumbprint"))
                        ? "the thumbprint is " + SafeText.text(values.getOrDefault("thumbprint", ""))
                        : "<identity> is a rule in identities with the same attributes");
        String id = values.get("issuer-certificate-id");
        if (id != null) {
            notes.remark(
                    identity.index(),
                    Remark.Kind.TO_DO,
                    "put the certificate " + SafeText.quoted(id) + " into the folder of trustStore under this name");
        }
    }

    private static Condition holds(Claim claim) {
        return new Condition.Holds(claim, false);
    }
}
