/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.rule.ParsedRules;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The truth table of API Management's validate-client-certificate: all claims of one identity, any of the identities. */
class RuleTruthTableTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA,O=Example").ca().build();
    private static final TestCertificate OTHER_CA =
            TestCertificate.named("CN=Other CA,O=Example").ca().build();
    private static final TestCertificate ALICE = TestCertificate.named("CN=Alice A.,O=Example")
            .issuedBy(CA)
            .serial(BigInteger.valueOf(171))
            .dnsName("api.example.com")
            .uri("spiffe://example.com/orders")
            .email("alice@example.com")
            .build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").issuedBy(OTHER_CA).build();

    /** Each claim, as it holds for alice and as it does not. */
    private static final Map<String, List<String>> CLAIMS = new LinkedHashMap<>();

    static {
        claim("thumbprint", ALICE.sha256(), MALLORY.sha256());
        claim("serial-number", "0xab", "0xac");
        claim("common-name", "Alice A.", "Alice");
        claim("subject", "CN=Alice A., O=Example", "CN=Alice A., O=Other");
        claim("dns-name", "API.example.com", "example.com");
        claim("issuer-subject", "CN=Corp CA,O=Example", "CN=Other CA,O=Example");
        claim("issuer-thumbprint", CA.sha1(), OTHER_CA.sha1());
        claim("issuer-certificate-id", "corp", "other");
        claim("uri", "spiffe://example.com/orders", "spiffe://example.com/order");
        claim("email", "alice@EXAMPLE.com", "ALICE@example.com");
        claim("public-key", "sha256/" + ALICE.pin(), "sha256/" + MALLORY.pin());
    }

    private static void claim(String attribute, String holds, String fails) {
        CLAIMS.put(attribute, List.of(attribute + "='" + holds + "'", attribute + "='" + fails + "'"));
    }

    private final GateFixture fixture = new GateFixture();

    static Stream<Arguments> alone() {
        return CLAIMS.keySet().stream()
                .flatMap(one -> Stream.of(row(true, claim(one, true)), row(false, claim(one, false))));
    }

    static Stream<Arguments> pairs() {
        List<Arguments> rows = new ArrayList<>();
        List<String> all = List.copyOf(CLAIMS.keySet());
        for (int i = 0; i < all.size(); i++) {
            for (String other : all.subList(i + 1, all.size())) {
                for (int row = 0; row < 4 && !exclude(all.get(i), other); row++) {
                    rows.add(row(row == 3, claim(all.get(i), (row & 1) != 0), claim(other, (row & 2) != 0)));
                }
            }
        }
        return rows.stream();
    }

    /** All but issuer-certificate-id, which excludes the others about the issuer; and all but those others. */
    static Stream<Arguments> all() {
        List<String> byName = new ArrayList<>(CLAIMS.keySet());
        byName.remove("issuer-certificate-id");
        List<String> byId = new ArrayList<>(CLAIMS.keySet());
        byId.removeAll(List.of("issuer-subject", "issuer-thumbprint"));
        return Stream.of(byName, byId)
                .flatMap(names -> Stream.concat(
                        Stream.of(row(true, claims(names, ""))),
                        names.stream().map(failing -> row(false, claims(names, failing)))));
    }

    @ParameterizedTest(name = "{0}: admitted {1}")
    @MethodSource({"alone", "pairs", "all"})
    void admitsIfAllClaimsHold(String rule, boolean admitted) {
        Gate gate = gate(rule);

        Verdict verdict = decide(gate, ALICE);
        if (admitted) {
            GateFixture.assertAdmitted(verdict);
        } else {
            GateFixture.assertRefused(verdict, Reason.NO_RULE);
        }
    }

    @Test
    void refusesSomebodyElseByEachClaim() {
        for (String attribute : CLAIMS.keySet()) {
            GateFixture.assertRefused(decide(gate(claim(attribute, true)), MALLORY), Reason.NO_RULE);
        }
    }

    @ParameterizedTest(name = "any of the rules: [{0}] before and behind one that does not hold")
    @MethodSource("alone")
    void admitsIfAnyRuleHolds(String rule, boolean admitted) {
        String never = "common-name=nobody";

        for (String rules : List.of(rule + ";" + never, never + ";" + rule, never + "\n" + rule + "\n" + never)) {
            assertThat(decide(gate(rules), ALICE) instanceof Verdict.Admitted).isEqualTo(admitted);
        }
    }

    @Test
    @DisplayName("more than ten rules: there is no limit")
    void takesAsManyRulesAsThereAre() {
        String many = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> "common-name=nobody" + i)
                .collect(Collectors.joining(";"));

        GateFixture.assertAdmitted(decide(gate(many + ";common-name='Alice A.'"), ALICE));
        GateFixture.assertRefused(decide(gate(many), ALICE), Reason.NO_RULE);
    }

    @Test
    @DisplayName("claims of two rules are not put together")
    void refusesIfEachRuleHoldsInPart() {
        String rules = claim("common-name", true) + " " + claim("dns-name", false) + ";" + claim("common-name", false)
                + " " + claim("dns-name", true);

        GateFixture.assertRefused(decide(gate(rules), ALICE), Reason.NO_RULE);
    }

    private Gate gate(String rules) {
        ParsedRules parsed = RuleParser.parse(rules, new RuleContext(true, false, true));
        assertThat(parsed.problems()).isEmpty();
        fixture.stores = List.of();
        fixture.identityRules = ReloadingRules.of(new Rules(parsed.rules()));
        fixture.trust = (certificate, presented, now) -> certificate.equals(ALICE.certificate())
                ? new VerifiedPath(List.of(certificate, CA.certificate()), Set.of("corp"))
                : new VerifiedPath(List.of(certificate, OTHER_CA.certificate()), Set.of());
        return fixture.open();
    }

    /** The client sends another issuer along than the one that is verified (CVE-2023-2422). */
    private static Verdict decide(Gate gate, TestCertificate certificate) {
        return gate.decide(FakeExchange.showing(new X509Certificate[] {
            certificate.certificate(), certificate == ALICE ? OTHER_CA.certificate() : CA.certificate()
        }));
    }

    private static boolean exclude(String one, String other) {
        return one.startsWith("issuer-") && other.equals("issuer-certificate-id");
    }

    private static String claim(String attribute, boolean holds) {
        return CLAIMS.get(attribute).get(holds ? 0 : 1);
    }

    private static String[] claims(List<String> names, String failing) {
        return names.stream().map(name -> claim(name, !name.equals(failing))).toArray(String[]::new);
    }

    private static Arguments row(boolean admitted, String... claims) {
        return Arguments.of(String.join(" ", claims), admitted);
    }
}
