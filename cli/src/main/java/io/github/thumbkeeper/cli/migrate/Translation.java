/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds settings that mean the same as a policy, and proves it: the decisions of both are compared for every row of the policy's
 * table and every combination of checks. Not thread-safe.
 *
 * <p>The settings may refuse more than the policy where a gate requires it; each such case is a remark. They never admit more.
 */
final class Translation {

    private static final Set<Claim> ALL_CHECKS = Set.of(Claim.TRUSTED, Claim.UNREVOKED, Claim.BEGUN, Claim.NOT_ENDED);
    private static final Set<Claim> DATES = Set.of(Claim.BEGUN, Claim.NOT_ENDED);
    private static final String STORE = "conf/clients";
    private static final String TRUST_STORE = "conf/authorities";

    private final Policy policy;
    private final Notes notes;
    private final DecisionTable table;
    private final boolean inverted;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Translation(Policy policy, Notes notes) throws PolicyException {
        this.policy = policy;
        this.notes = notes;
        this.table = DecisionTable.of(policy.statements(), notes);
        this.inverted = isInverted();
    }

    /**
     * Returns the settings.
     *
     * @throws PolicyException if there are none
     */
    static Map<String, String> of(Policy policy, Notes notes) throws PolicyException {
        if (policy.statements().isEmpty()) {
            throw new PolicyException(0, "the document does not check a client certificate");
        }
        return new Translation(policy, notes).settings();
    }

    private Map<String, String> settings() throws PolicyException {
        Predicate<int[]> admitted = row -> admits(row, ALL_CHECKS);
        if (table.rows().stream().noneMatch(admitted)) {
            throw fails("the policy refuses every valid certificate; expected a certificate that it admits");
        }
        Set<Claim> required = requiredChecks(admitted);
        Cover cover = Cover.of(table, admitted)
                .orElseThrow(
                        () -> fails("the policy admits certificates by a property that they do not have; expected a"
                                + " list of certificates, or rules, that admit"));
        Rules rules = new Rules(cover, required.contains(Claim.TRUSTED));
        boolean trust = requiresTrust(rules, required);
        Set<Claim> enforced = enforced(required, trust);
        prove(cover, required, enforced);
        proveSynonyms(cover);
        rules.addTo(settings);
        addChecks(required, enforced);
        addResponse();
        if (inverted) {
            notes.remark(
                    notes.index(Claim.UPLOADED),
                    Remark.Kind.CORRECTED,
                    "the policy refuses the uploaded certificates and admits all others, because a ! is missing before"
                            + " context.Deployment.Certificates.Any; the settings admit the uploaded ones");
        }
        return settings;
    }

    /** A text published in 2017 admits every certificate that is not uploaded. */
    private boolean isInverted() {
        boolean uploadedOnly = table.columns().equals(List.of(List.of(Claim.UPLOADED)));
        return uploadedOnly
                && !(table.withoutCertificate() instanceof Statement.Outcome.Passes)
                && table.rows().stream()
                        .allMatch(row -> table.admits(row, ALL_CHECKS) == (row[0] == DecisionTable.OTHER));
    }

    /** Returns the decision that the policy means. */
    private boolean admits(int[] row, Set<Claim> passed) {
        return table.admits(inverted ? new int[] {1 - row[0]} : row, passed);
    }

    private PolicyException fails(String text) {
        return new PolicyException(notes.firstIndex(), text);
    }

    private Set<Claim> requiredChecks(Predicate<int[]> admitted) throws PolicyException {
        Set<Claim> required = new LinkedHashSet<>();
        List<int[]> rows = table.rows().stream().filter(admitted).toList();
        for (Claim check : table.checks()) {
            Set<Claim> others = without(check);
            long requiring = rows.stream().filter(row -> !admits(row, others)).count();
            if (requiring == rows.size()) {
                required.add(check);
            } else if (requiring > 0 && !DATES.contains(check)) {
                throw new PolicyException(
                        notes.index(check),
                        "the policy checks trust or revocation for some of its certificates only, and a gate for all;"
                                + " expected a document for each of two gates");
            }
        }
        return required;
    }

    private static Set<Claim> without(Claim check) {
        return ALL_CHECKS.stream().filter(other -> !other.equals(check)).collect(Collectors.toUnmodifiableSet());
    }

    private boolean requiresTrust(Rules rules, Set<Claim> required) throws PolicyException {
        if (required.contains(Claim.TRUSTED)) {
            return true;
        }
        if (rules.needTrust()) {
            if (rules.someNeedNoTrust()) {
                throw fails("a gate admits by names only with validateTrust, which would apply to the thumbprints too;"
                        + " expected a document for each of two gates");
            }
            notes.remark(
                    notes.firstIndex(),
                    Remark.Kind.STRICTER,
                    "the policy compares names without verifying who issued the certificate, so that a client can write"
                            + " them itself; the settings require a verified path, validateTrust=true");
            return true;
        }
        if (required.contains(Claim.UNREVOKED)) {
            notes.remark(
                    notes.index(Claim.UNREVOKED),
                    Remark.Kind.STRICTER,
                    "revocation is checked along a verified path only, so validateTrust is on; a self-signed certificate"
                            + " must be in trustStore itself. Leave out validateTrust, trustStore and validateRevocation if"
                            + " no certificate can be revoked");
            return true;
        }
        return false;
    }

    /** Returns the checks of the gate; the dates are on by default. */
    private Set<Claim> enforced(Set<Claim> required, boolean trust) {
        Set<Claim> enforced = new LinkedHashSet<>(required);
        DATES.stream().filter(date -> !policy.datesSwitchedOff().contains(date)).forEach(enforced::add);
        if (trust) {
            enforced.add(Claim.TRUSTED);
        }
        return enforced;
    }

    private void prove(Cover cover, Set<Claim> required, Set<Claim> enforced) throws PolicyException {
        for (Set<Claim> passed : combinations()) {
            for (int[] row : table.rows()) {
                boolean ours = cover.admits(row) && passed.containsAll(enforced);
                boolean stricter = cover.admits(row) && passed.containsAll(required) && !ours;
                if (ours != admits(row, passed) && !stricter) {
                    throw fails("the policy combines its checks in a way that no settings can; expected checks that all"
                            + " certificates must pass");
                }
            }
        }
    }

    /** Two texts of a column may mean the same value, so that one certificate matches both. */
    private void proveSynonyms(Cover cover) throws PolicyException {
        for (int column = 0; column < table.columns().size(); column++) {
            List<Claim> claims = table.columns().get(column);
            for (int i = 0; i < claims.size(); i++) {
                for (int j = i + 1; j < claims.size(); j++) {
                    if (claims.get(i).mayMeanTheSame(claims.get(j))) {
                        proveSynonyms(cover, column, i + 1, j + 1);
                    }
                }
            }
        }
    }

    private void proveSynonyms(Cover cover, int column, int one, int other) throws PolicyException {
        for (int[] row : table.rows()) {
            if (row[column] == one) {
                int[] synonym = row.clone();
                synonym[column] = other;
                if (cover.admits(row, synonym) && !table.admits(row, synonym, ALL_CHECKS)) {
                    throw fails(
                            "two values that the policy compares may be the same, and then it refuses what the settings"
                                    + " admit; expected values that differ");
                }
            }
        }
    }

    private static List<Set<Claim>> combinations() {
        List<Set<Claim>> combinations = new ArrayList<>(List.of(Set.of()));
        for (Claim check : ALL_CHECKS) {
            combinations.addAll(combinations.stream()
                    .map(others ->
                            Stream.concat(others.stream(), Stream.of(check)).collect(Collectors.toUnmodifiableSet()))
                    .toList());
        }
        return combinations;
    }

    private void addChecks(Set<Claim> required, Set<Claim> enforced) {
        remarkCheck(Claim.TRUSTED, "trust", "validateTrust", required);
        remarkCheck(Claim.UNREVOKED, "revocation", "validateRevocation", required);
        addDate(Claim.BEGUN, "validateNotBefore", enforced);
        addDate(Claim.NOT_ENDED, "validateNotAfter", enforced);
        if (DATES.stream().anyMatch(date -> enforced.contains(date) && !required.contains(date))) {
            notes.remark(
                    notes.firstIndex(),
                    Remark.Kind.STRICTER,
                    "the policy does not check all dates of the certificate, and a gate does; validateNotBefore=false and"
                            + " validateNotAfter=false switch that off");
        }
        if (enforced.contains(Claim.TRUSTED)) {
            settings.put("validateTrust", "true");
            settings.put("trustStore", TRUST_STORE);
            notes.remark(
                    notes.index(Claim.TRUSTED),
                    Remark.Kind.TO_DO,
                    "put the certificates of the authorities that the gateway trusts into the folder of trustStore, the root"
                            + " included; a gate also requires that a certificate is meant for clients");
        }
        if (enforced.contains(Claim.UNREVOKED)) {
            settings.put("validateRevocation", "true");
        }
    }

    private void remarkCheck(Claim check, String what, String setting, Set<Claim> required) {
        if (table.checks().contains(check)) {
            boolean counts = required.contains(check);
            notes.remark(
                    notes.index(check),
                    Remark.Kind.TRANSLATED,
                    "the check of " + what + (counts ? " is " + setting : " decides nothing in this policy"));
        }
    }

    private void addDate(Claim date, String setting, Set<Claim> enforced) {
        if (!enforced.contains(date)) {
            settings.put(setting, "false");
        }
    }

    private void addResponse() throws PolicyException {
        if (policy.ignoresErrors()) {
            if (policy.statements().size() > 1) {
                throw fails(
                        "ignore-error applies to one of several checks, and mode=annotate to the whole gate; expected a"
                                + " document for each of two gates");
            }
            settings.put("mode", "annotate");
        }
        if (table.withoutCertificate() instanceof Statement.Outcome.Passes) {
            settings.put("noCertificate", "anonymous");
            notes.remark(
                    notes.firstIndex(),
                    Remark.Kind.TRANSLATED,
                    "the policy lets requests without a certificate pass, and noCertificate=anonymous does so too");
        }
        if (readsMissingCertificate()) {
            notes.remark(
                    notes.firstIndex(),
                    Remark.Kind.CORRECTED,
                    "without a certificate the gateway answers with an internal error, because the policy does not compare"
                            + " context.Request.Certificate with null first; a gate refuses the request");
        }
        addStatus();
    }

    private boolean readsMissingCertificate() {
        return table.withoutCertificate() instanceof Statement.Outcome.Fails
                && policy.statements().stream().anyMatch(Statement.Choose.class::isInstance);
    }

    private void addStatus() {
        Set<Refusal> refusals = Stream.concat(
                        Stream.of(
                                table.outcome(new int[table.columns().size()], ALL_CHECKS), table.withoutCertificate()),
                        table.rows().stream()
                                .flatMap(row -> combinations().stream().map(passed -> table.outcome(row, passed))))
                .map(Statement::refusal)
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Refusal chosen = refusals.stream().findFirst().orElse(null);
        if (chosen == null) {
            return;
        }
        int status = chosen.status() == 401 ? 401 : 403;
        if (status != 401) {
            settings.put("denyStatus", "403");
        }
        if (chosen.reason() != null && !chosen.reason().equals("Invalid client certificate")) {
            settings.put("reason", chosen.reason());
        }
        refusals.forEach(refusal -> remark(refusal, status, chosen.reason()));
    }

    private void remark(Refusal refusal, int status, @Nullable String reason) {
        boolean same = refusal.status() == status && Objects.equals(refusal.reason(), reason);
        notes.remark(
                refusal.index(),
                same ? Remark.Kind.TRANSLATED : Remark.Kind.IMPOSSIBLE,
                same
                        ? "the response is denyStatus and reason"
                        : "a gate has one status, 401 or 403, and one reason for all refusals; here it is " + status);
    }

    /** The lists and rules of the settings. */
    private final class Rules {

        private final Set<String> thumbprints = new LinkedHashSet<>();
        private final Set<String> rules = new LinkedHashSet<>();
        private final Set<String> denied = new LinkedHashSet<>();
        private boolean store;
        private boolean needTrust;
        private boolean someNeedNoTrust;

        Rules(Cover cover, boolean trusted) throws PolicyException {
            List<int[]> patterns = cover.patterns().stream()
                    .sorted((one, other) -> Arrays.compareUnsigned(one, other))
                    .toList();
            for (int[] pattern : patterns) {
                add(claims(pattern), trusted);
            }
            for (int thumbprint : cover.denied()) {
                Claim claim = table.columns().get(0).get(thumbprint - 1);
                denied.add(value(claim));
                notes.remark(
                        notes.index(claim), Remark.Kind.TRANSLATED, "this thumbprint is refused, so it is in deny");
            }
        }

        private List<Claim> claims(int[] pattern) {
            List<Claim> claims = new ArrayList<>();
            for (int column = 0; column < pattern.length; column++) {
                if (pattern[column] != Cover.ANY) {
                    claims.add(table.columns().get(column).get(pattern[column] - 1));
                }
            }
            return claims;
        }

        private static String value(Claim thumbprint) {
            return Objects.requireNonNull(thumbprint.attributes().get("thumbprint"));
        }

        private void add(List<Claim> claims, boolean trusted) throws PolicyException {
            if (claims.isEmpty()) {
                addEveryIssued(trusted);
            } else if (claims.equals(List.of(Claim.UPLOADED))) {
                store = true;
                someNeedNoTrust = true;
            } else if (claims.size() == 1 && claims.get(0).kind() == Claim.Kind.THUMBPRINT) {
                thumbprints.add(value(claims.get(0)));
                someNeedNoTrust = true;
            } else {
                addRule(claims);
            }
        }

        private void addEveryIssued(boolean trusted) throws PolicyException {
            if (!trusted) {
                throw fails(
                        "the policy admits every certificate, whoever issued it; expected a comparison of its thumbprint"
                                + " or its issuer, or Verify()");
            }
            rules.add("issuer-certificate-id=issuer");
            needTrust = true;
            notes.remark(
                    notes.firstIndex(),
                    Remark.Kind.TO_DO,
                    "the policy admits every certificate of its authorities: put the certificate of the authority that"
                            + " issues them into the folder of trustStore as issuer.pem, and write another rule for each"
                            + " further one");
        }

        private void addRule(List<Claim> claims) throws PolicyException {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (Claim claim : claims) {
                for (Map.Entry<String, String> attribute : new TreeMap<>(claim.attributes()).entrySet()) {
                    String other = attributes.putIfAbsent(attribute.getKey(), attribute.getValue());
                    if (other != null && !other.equals(attribute.getValue())) {
                        throw fails(
                                "the policy requires two values of [" + attribute.getKey() + "] in one certificate");
                    }
                }
            }
            if (claims.contains(Claim.UPLOADED)) {
                addLabel(attributes);
            }
            boolean issuer = attributes.keySet().stream().anyMatch(attribute -> attribute.startsWith("issuer-"));
            boolean needs = issuer || !attributes.containsKey("thumbprint");
            needTrust |= needs;
            someNeedNoTrust |= !needs;
            List<String> rule = new ArrayList<>();
            for (Map.Entry<String, String> attribute : attributes.entrySet()) {
                rule.add(ClaimReader.rule(attribute.getKey(), attribute.getValue(), notes.index(claims.get(0))));
            }
            rules.add(String.join(" ", rule));
        }

        /** A rule narrows a store only by the label of each of its entries, which the document does not have. */
        private void addLabel(Map<String, String> attributes) {
            attributes.put("label", "${label}");
            store = true;
            notes.remark(
                    notes.index(Claim.UPLOADED),
                    Remark.Kind.TO_DO,
                    "write one rule for each uploaded certificate, with the name of its file in place of ${label}; no gate"
                            + " starts before");
        }

        boolean needTrust() {
            return needTrust;
        }

        boolean someNeedNoTrust() {
            return someNeedNoTrust;
        }

        void addTo(Map<String, String> settings) {
            put(settings, "thumbprints", ", ", thumbprints);
            if (store) {
                settings.put("store", STORE);
                notes.remark(
                        notes.index(Claim.UPLOADED),
                        Remark.Kind.TRANSLATED,
                        "the certificates uploaded to the gateway are store");
                notes.remark(
                        notes.index(Claim.UPLOADED),
                        Remark.Kind.TO_DO,
                        "put the certificates of the clients that were uploaded to the gateway into the folder of store;"
                                + " openssl pkcs12 -in alice.pfx -clcerts -nokeys | openssl x509 -out alice.pem takes one out"
                                + " of a PFX file");
            }
            put(settings, "identities", "; ", rules);
            put(settings, "deny", ", ", denied);
            if (thumbprints.stream().anyMatch(thumbprint -> thumbprint.startsWith("sha1:"))) {
                notes.remark(
                        notes.firstIndex(),
                        Remark.Kind.TO_DO,
                        "the gateway's thumbprints are SHA-1; replace them by SHA-256 when you have the certificates");
            }
        }

        private static void put(Map<String, String> settings, String setting, String separator, Set<String> members) {
            if (!members.isEmpty()) {
                settings.put(setting, String.join(separator, members));
            }
        }
    }
}
