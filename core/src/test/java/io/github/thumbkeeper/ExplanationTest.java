/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Explanation.Outcome;
import io.github.thumbkeeper.Explanation.Step;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.KeyUsage;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.DeniedStore;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.trust.PathCheck;
import io.github.thumbkeeper.trust.TrustResult;
import io.github.thumbkeeper.trust.TrustedCertificates;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that an explanation names every check, and agrees with the decision on a request. */
class ExplanationTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA").ca().build();
    private static final TestCertificate ISSUED =
            TestCertificate.named("CN=bob").issuedBy(CA).build();
    private static final TestCertificate NAMELESS =
            TestCertificate.named("O=Example").issuedBy(CA).build();

    private final GateFixture fixture = new GateFixture();

    /** Asserts that an explanation has the outcome of a decision, and that its first failed check is the reason. */
    static void assertAgrees(Explanation explanation, Verdict verdict) {
        Optional<Step> failed = explanation.steps().stream()
                .filter(step -> step.outcome() == Outcome.FAILED)
                .findFirst();
        if (verdict instanceof Verdict.Refused refused) {
            assertThat(explanation.verdict()).isInstanceOf(Verdict.Refused.class);
            assertThat(((Verdict.Refused) explanation.verdict()).reason()).isEqualTo(refused.reason());
            assertThat(failed.orElseThrow().text()).startsWith(refused.reason().code() + " ");
            assertThat(explanation.advice()).isNotEmpty();
        } else {
            assertThat(explanation.verdict()).isEqualTo(verdict);
            assertThat(failed).isEmpty();
            assertThat(explanation.advice()).isEmpty();
        }
    }

    @Test
    void namesEveryReasonToRefuseNotOnlyTheFirst() {
        fixture.constraints = new Constraints(null, Set.of(), Set.of(KeyUsage.KEY_AGREEMENT), Set.of(), Set.of());
        fixture.trust = (certificate, presented, now) -> TrustResult.Untrusted.NOT_TRUSTED;

        Explanation explanation =
                fixture.open().explain(MALLORY.certificate(), List.of(), NOW.plus(Duration.ofDays(3650)));

        assertThat(explanation.steps())
                .filteredOn(step -> step.outcome() == Outcome.FAILED)
                .extracting(step -> step.name() + " " + step.text().substring(0, 6))
                .containsExactly("list TK-101", "dates TK-102", "constraints TK-124", "trust TK-110");
        assertThat(explanation.advice())
                .hasSize(4)
                .anyMatch(advice -> advice.startsWith("Add sha256:" + MALLORY.sha256() + " to thumbprints"));
    }

    @Test
    void namesTheEntryThatAdmits() {
        Explanation explanation = fixture.open().explain(ALICE.certificate(), List.of(), NOW);

        assertThat(explanation.verdict()).isInstanceOf(Verdict.Admitted.class);
        assertThat(explanation.steps())
                .extracting(Step::name)
                .containsExactly("certificate", "deny", "list", "rules", "dates", "constraints", "trust", "revocation");
        assertThat(explanation.steps())
                .contains(
                        new Step("list", Outcome.PASSED, "entry [alice] sha256:" + ALICE.sha256()),
                        new Step("trust", Outcome.NOT_CHECKED, "validateTrust is off"));
    }

    @Test
    void countsNothingAndInformsNoListener() {
        Gate gate = fixture.open();

        gate.explain(MALLORY.certificate(), List.of(), NOW);

        assertThat(fixture.refusals).isEmpty();
        assertThat(fixture.counters.refused(Reason.NOT_LISTED)).isZero();
    }

    @Test
    void comparesDatesWithTheGivenTime() {
        Gate gate = fixture.open();
        Instant end = ALICE.certificate().getNotAfter().toInstant();

        assertThat(gate.explain(ALICE.certificate(), List.of(), end).verdict()).isInstanceOf(Verdict.Admitted.class);
        assertThat(gate.explain(ALICE.certificate(), List.of(), end.plusMillis(1))
                        .verdict())
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void refusesACertificateThatThrows() {
        Gate gate = fixture.open();
        ForeignCertificate broken = new ForeignCertificate(ALICE.certificate(), () -> {
            throw new IllegalStateException("broken");
        });

        assertAgrees(gate.explain(broken, List.of(), NOW), gate.decide(FakeExchange.of(broken)));
    }

    @Test
    void explainsARequestFromItsHeader() {
        fixture.source = GateFixture.nginxFrom("192.0.2.7");
        Gate gate = fixture.open();
        FakeExchange malformed = FakeExchange.withoutCertificate().header("X-SSL-Client-Cert", "rubbish");

        Explanation explanation = gate.explain(malformed, NOW);

        assertAgrees(explanation, gate.decide(malformed));
        assertThat(explanation.steps()).extracting(Step::name).containsExactly("source");
        assertThat(explanation.steps().get(0).text()).startsWith("TK-133").doesNotContain("rubbish");
        FakeExchange forged =
                FakeExchange.of(MALLORY.certificate()).peer("203.0.113.9").header("X-SSL-Client-Cert", "rubbish");
        assertAgrees(gate.explain(forged, NOW), gate.decide(forged));
    }

    @Test
    void explainsARequestThatNeedsNoCertificate() {
        fixture.exclude = List.of("/health");
        fixture.anonymous = true;
        Gate gate = fixture.open();
        FakeExchange health = FakeExchange.withoutCertificate().path("", "/health", "/health");

        assertThat(gate.explain(health, NOW).steps())
                .containsExactly(new Step("path", Outcome.PASSED, "this path passes without a certificate (exclude)"));
        assertAgrees(gate.explain(health, NOW), gate.decide(health));
        FakeExchange anonymous = FakeExchange.withoutCertificate();
        assertAgrees(gate.explain(anonymous, NOW), gate.decide(anonymous));
    }

    @Test
    void explainsAnOutage() {
        fixture.rules = new ReloadPolicy(false, true, 100, null);
        fixture.store.fails("cannot be read");
        Gate gate = fixture.open();

        assertAgrees(gate.explain(ALICE.certificate(), List.of(), NOW), GateFixture.decideAlice(gate));
        assertThat(gate.explain(ALICE.certificate(), List.of(), NOW).steps())
                .extracting(Step::name)
                .containsExactly("stores");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void hasAdviceOnEveryReason(Reason reason) {
        assertThat(Advice.on(reason, null)).endsWith(".").doesNotContain("null");
    }

    @RandomCases
    void agreesWithTheDecision(RandomRun run) {
        run.each(ExplanationTest::agrees);
    }

    private static void agrees(RandomCase random) {
        GateFixture fixture = new GateFixture();
        List<TestCertificate> clients = List.of(ALICE, MALLORY, ISSUED, NAMELESS);
        fixture.clock.set(NOW.plus(Duration.ofDays(random.between(-3, 40))));
        fixture.store.lists(entries(random, clients).toArray(Entry[]::new));
        FakeStore denied = new FakeStore("denied", entries(random, clients).toArray(Entry[]::new));
        FakeStore second = new FakeStore("second", entries(random, clients).toArray(Entry[]::new));
        fixture.stores = random.oneOf(List.of(true, false))
                ? GateFixture.admitting(fixture.store, second)
                : List.of(StoreConfig.admitting(fixture.store), StoreConfig.denying(new DeniedStore(denied, true)));
        fixture.rules = new ReloadPolicy(true, false, 100, null);
        fixture.principal = random.oneOf(Arrays.asList(PrincipalSource.values()));
        fixture.clockSkew = Duration.ofHours(random.between(0, 1));
        fixture.trust = random.oneOf(List.of(true, false))
                ? new PathCheck(
                        new TrustedCertificates(List.of(new TrustedCertificates.Labelled("corp", CA.certificate()))),
                        new ValidityDates(true, true, fixture.clockSkew),
                        Set.of())
                : null;
        String rules = random.text(
                3,
                List.of(
                        "label=alice;",
                        "label=bob common-name=bob;",
                        "common-name=mallory;",
                        "issuer-subject='CN=Corp CA';"));
        fixture.identityRules = rules.isEmpty()
                ? ReloadingRules.of(Rules.NONE)
                : ReloadingRules.of(new Rules(RuleParser.parse(rules, new RuleContext(true, false, true))
                        .rules()));
        fixture.constraints = random.oneOf(List.of(
                Constraints.NONE,
                Constraints.NONE,
                new Constraints(null, Set.of(), Set.of(KeyUsage.KEY_AGREEMENT), Set.of(), Set.of())));
        Gate gate = fixture.open();
        TestCertificate client = random.oneOf(clients);

        Verdict verdict = gate.decide(FakeExchange.of(client.certificate()));

        assertAgrees(gate.explain(client.certificate(), List.of(), fixture.clock.instant()), verdict);
        assertAgrees(gate.explain(FakeExchange.of(client.certificate()), fixture.clock.instant()), verdict);
    }

    private static List<Entry> entries(RandomCase random, List<TestCertificate> clients) {
        List<Entry> entries = new ArrayList<>();
        for (TestCertificate client : clients.subList(random.between(0, 3), 4)) {
            entries.add(new Entry(
                    GateFixture.thumbprint(client),
                    random.oneOf(Arrays.asList("alice", "bob", null)),
                    Set.of("orders"),
                    random.oneOf(Arrays.asList(null, NOW.plus(Duration.ofDays(20)))),
                    random.oneOf(Arrays.asList(null, null, NOW.plus(Duration.ofDays(30)))),
                    random.between(0, 5) == 0));
        }
        return entries;
    }
}
