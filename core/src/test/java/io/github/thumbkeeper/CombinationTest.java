/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.KeyUsage;
import io.github.thumbkeeper.rule.ParsedRules;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.DeniedStore;
import io.github.thumbkeeper.store.InlineStore;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.trust.TrustResult;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks how lists, rules and checks combine: admitted is (listed or matched by a rule) and not denied and every enabled check. */
class CombinationTest {

    private static final TestCertificate ALICE = GateFixture.ALICE;
    private static final Instant NOW = GateFixture.NOW;

    private final GateFixture fixture = new GateFixture();
    private final AtomicInteger paths = new AtomicInteger();

    private enum Listed {
        NO,
        YES,
        LATER,
        DISABLED
    }

    private enum Check {
        PASSED,
        EXPIRED,
        CONSTRAINT,
        PATH
    }

    static Stream<Arguments> rows() {
        List<Arguments> rows = new ArrayList<>();
        for (Listed listed : Listed.values()) {
            for (Check check : Check.values()) {
                for (int i = 0; i < 8; i++) {
                    rows.add(Arguments.of(listed, (i & 1) != 0, (i & 2) != 0, (i & 4) != 0, check));
                }
            }
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "listed {0}, rule holds {1}, about the issuer {2}, denied {3}, checks {4}")
    @MethodSource("rows")
    void truthTable(Listed listed, boolean rule, boolean issuer, boolean denied, Check check) {
        fixture.store.lists(entries(listed));
        fixture.stores = denied
                ? List.of(
                        StoreConfig.admitting(fixture.store),
                        StoreConfig.denying(new InlineStore("deny", List.of(GateFixture.thumbprint(ALICE)))))
                : GateFixture.admitting(fixture.store);
        rules("common-name=" + (rule ? "alice" : "nobody") + (issuer ? " issuer-subject=CN=alice" : ""));
        fail(check);

        Gate gate = fixture.open();

        Verdict verdict = GateFixture.decideAlice(gate);

        ExplanationTest.assertAgrees(gate.explain(ALICE.certificate(), List.of(), fixture.clock.instant()), verdict);
        Reason expected = expected(listed, rule, issuer, denied, check);
        if (expected == null) {
            GateFixture.assertAdmitted(verdict);
        } else {
            GateFixture.assertRefused(verdict, expected);
        }
        boolean admitted =
                (listed == Listed.YES || (rule && listed != Listed.DISABLED)) && !denied && check == Check.PASSED;
        assertThat(verdict instanceof Verdict.Admitted).isEqualTo(admitted);
    }

    /** The first reason wins, in the order: denied, disabled, no identity, dates, constraints, path. */
    private static Reason expected(Listed listed, boolean rule, boolean issuer, boolean denied, Check check) {
        if (denied) {
            return Reason.DENIED;
        }
        if (listed == Listed.DISABLED) {
            return Reason.ENTRY_DISABLED;
        }
        boolean holds = rule && !(issuer && check == Check.PATH);
        if (listed != Listed.YES && !holds) {
            boolean untrusted = rule && check == Check.PATH;
            return listed == Listed.LATER ? Reason.ENTRY_NOT_IN_FORCE : untrusted ? Reason.NOT_TRUSTED : Reason.NO_RULE;
        }
        return switch (check) {
            case PASSED -> null;
            case EXPIRED -> Reason.EXPIRED;
            case CONSTRAINT -> Reason.KEY_USAGE;
            case PATH -> Reason.NOT_TRUSTED;
        };
    }

    private static Entry[] entries(Listed listed) {
        Instant from = listed == Listed.LATER ? NOW.plus(Duration.ofDays(3650)) : null;
        Entry alice =
                new Entry(GateFixture.thumbprint(ALICE), "alice", Set.of(), from, null, listed == Listed.DISABLED);
        return listed == Listed.NO ? new Entry[] {GateFixture.entry(GateFixture.MALLORY)} : new Entry[] {alice};
    }

    private void fail(Check check) {
        fixture.constraints = check == Check.CONSTRAINT
                ? new Constraints(null, Set.of(), Set.of(KeyUsage.KEY_AGREEMENT), Set.of(), Set.of())
                : Constraints.NONE;
        if (check == Check.EXPIRED) {
            fixture.clock.set(NOW.plus(Duration.ofDays(365)));
        }
        fixture.trust = (certificate, presented, now) -> {
            paths.incrementAndGet();
            return check == Check.PATH
                    ? TrustResult.Untrusted.NOT_TRUSTED
                    : new VerifiedPath(List.of(certificate), Set.of());
        };
    }

    @Test
    @DisplayName("an unlisted client cannot make the gate search for a path, which is expensive (threats 1.7)")
    void searchesNoPathForUnlistedCertificate() {
        rules("dns-name=api.example.com issuer-subject=CN=ca; common-name=nobody");
        fail(Check.PASSED);
        Gate gate = fixture.open();

        GateFixture.assertRefused(gate.decide(FakeExchange.of(GateFixture.MALLORY.certificate())), Reason.NO_RULE);
        assertThat(paths).hasValue(0);
        GateFixture.assertAdmitted(GateFixture.decideAlice(gate));
        assertThat(paths).hasValue(1);
    }

    @Test
    @DisplayName("a trust check that returns or throws something unexpected refuses the request")
    void refusesIfTheTrustCheckFails() {
        fixture.trust = (certificate, presented, now) -> null;
        GateFixture.assertRefused(GateFixture.decideAlice(fixture.open()), Reason.INTERNAL);

        fixture.trust = (certificate, presented, now) -> {
            throw new UnsupportedOperationException("name constraints");
        };
        GateFixture.assertRefused(GateFixture.decideAlice(fixture.open()), Reason.INTERNAL);
    }

    @Test
    @DisplayName("a certificate of the trust store that is not self-signed has no issuer in its path")
    void certificateOfTheTrustStoreHasNoIssuer() {
        TestCertificate ca = TestCertificate.named("CN=ca").ca().build();
        TestCertificate bob = TestCertificate.named("CN=bob").issuedBy(ca).build();
        fail(Check.PASSED);

        rules("issuer-subject=CN=bob");
        GateFixture.assertRefused(fixture.open().decide(FakeExchange.of(bob.certificate())), Reason.NO_RULE);
        rules("issuer-subject=CN=ca");
        GateFixture.assertRefused(fixture.open().decide(FakeExchange.of(bob.certificate())), Reason.NO_RULE);
    }

    @ParameterizedTest(name = "rule [{0}]: alice {1}, mallory {2}, by thumbprint alone {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "common-name=x | true | true | true",
                "label=alice | true | false | true",
                "label=alice common-name=alice | true | false | true",
                "label=alice common-name=mallory | false | false | true",
                "label=alice;label=mallory | true | true | true",
                "label=nobody | false | false | true",
                "label=alice;common-name=mallory | true | true | true",
                "label=Alice | false | false | true"
            })
    void labelRestrictsTheStore(String text, boolean alice, boolean mallory, boolean inline) {
        TestCertificate bob = TestCertificate.named("CN=bob").build();
        fixture.store.lists(GateFixture.entry(ALICE), GateFixture.entry(GateFixture.MALLORY));
        fixture.stores = List.of(
                StoreConfig.inSettings(new InlineStore("thumbprints", List.of(GateFixture.thumbprint(bob)))),
                StoreConfig.admitting(fixture.store));
        rules(text);
        Gate gate = fixture.open();

        assertThat(isAdmitted(gate, ALICE)).isEqualTo(alice);
        assertThat(isAdmitted(gate, GateFixture.MALLORY)).isEqualTo(mallory);
        assertThat(isAdmitted(gate, bob)).isEqualTo(inline);
    }

    @Test
    @DisplayName("a rule with a label admits neither an unlisted certificate nor an entry without a label")
    void labelAdmitsNoOtherCertificate() {
        TestCertificate stranger = TestCertificate.named("CN=alice").build();
        fixture.store.lists(GateFixture.entry(ALICE), Entry.of(GateFixture.thumbprint(GateFixture.MALLORY), null));
        rules("label=alice common-name=alice");
        Gate gate = fixture.open();

        GateFixture.assertRefused(gate.decide(FakeExchange.of(stranger.certificate())), Reason.NO_RULE);
        GateFixture.assertRefused(
                gate.decide(FakeExchange.of(GateFixture.MALLORY.certificate())), Reason.NO_RULE_FOR_ENTRY);
        GateFixture.assertAdmitted(GateFixture.decideAlice(gate));
    }

    @Test
    @DisplayName("a pinned client cannot take another name: the claim is about the certificate it presents")
    void labelRestrictsAPin() {
        KeyPair keys = ALICE.keyPair();
        TestCertificate renamed = TestCertificate.named("CN=admin").key(keys).build();
        fixture.store.lists(Entry.of(PublicKeyPin.of(ALICE.certificate()), "alice"));
        rules("label=alice common-name=alice");
        Gate gate = fixture.open();

        GateFixture.assertAdmitted(GateFixture.decideAlice(gate));
        GateFixture.assertRefused(gate.decide(FakeExchange.of(renamed.certificate())), Reason.NO_RULE_FOR_ENTRY);
    }

    @Test
    @DisplayName(
            "the first entry in force gives name, label and roles: settings, stores, rules; roles of several are never combined")
    void firstInOrderGivesTheIdentity() {
        Entry listed = new Entry(GateFixture.thumbprint(ALICE), "alice", Set.of("listed"), null, null, false);
        fixture.store.lists(listed);
        rules("common-name=alice roles=ruled");
        assertThat(alice()).returns("alice", Identity::name).returns(Set.of("listed"), Identity::roles);

        fixture.store.lists(GateFixture.entry(GateFixture.MALLORY));
        assertThat(alice())
                .returns("common-name=alice", Identity::name)
                .returns(null, Identity::label)
                .returns(Set.of("ruled"), Identity::roles);

        rules("common-name=alice serial-number=1; common-name='alice' roles=second; common-name=alice roles=third");
        assertThat(alice().roles()).isEqualTo(Set.of("second"));

        fixture.principal = PrincipalSource.THUMBPRINT;
        assertThat(alice().name()).isEqualTo("sha256:" + ALICE.sha256());
        fixture.principal = PrincipalSource.COMMON_NAME;
        assertThat(alice().name()).isEqualTo("alice");
    }

    @Test
    @DisplayName("the roles of a rule with a label replace those of the entry")
    void rolesOfLabelledRuleReplaceThoseOfTheEntry() {
        fixture.store.lists(new Entry(GateFixture.thumbprint(ALICE), "alice", Set.of("listed"), null, null, false));
        rules("label=alice roles=ruled");
        assertThat(alice()).returns("alice", Identity::label).returns(Set.of("ruled"), Identity::roles);
        rules("label=alice");
        assertThat(alice().roles()).isEqualTo(Set.of("listed"));
    }

    @Test
    @DisplayName("a certificate that a rule matches, without the name for the principal, is refused (TK-108)")
    void refusesRuleMatchWithoutCommonName() {
        TestCertificate nameless = TestCertificate.named("O=x").dnsName("a.b").build();
        fixture.principal = PrincipalSource.COMMON_NAME;
        rules("dns-name=a.b");

        GateFixture.assertRefused(
                fixture.open().decide(FakeExchange.of(nameless.certificate())), Reason.NO_COMMON_NAME);
    }

    @Test
    @DisplayName("a deny store is read like the others, and wins over lists and rules at the next request")
    void denyStoreTakesEffectOnReload() {
        FakeStore denied = new FakeStore("revoked", GateFixture.entry(GateFixture.MALLORY));
        fixture.stores =
                List.of(StoreConfig.admitting(fixture.store), StoreConfig.denying(new DeniedStore(denied, false)));
        rules("common-name=alice");
        Gate gate = fixture.open();
        GateFixture.assertAdmitted(GateFixture.decideAlice(gate));

        denied.lists(GateFixture.entry(GateFixture.MALLORY), GateFixture.entry(ALICE));
        assertThat(gate.refresh()).isTrue();
        GateFixture.assertRefused(GateFixture.decideAlice(gate), Reason.DENIED);

        denied.fails("gone");
        assertThat(gate.refresh()).isFalse();
        GateFixture.assertRefused(GateFixture.decideAlice(gate), Reason.DENIED);

        denied.lists();
        assertThat(gate.refresh()).isFalse();
        GateFixture.assertRefused(GateFixture.decideAlice(gate), Reason.DENIED);

        denied.lists(GateFixture.entry(GateFixture.MALLORY));
        assertThat(gate.refresh()).isTrue();
        GateFixture.assertAdmitted(GateFixture.decideAlice(gate));
    }

    private Identity alice() {
        Verdict verdict = GateFixture.decideAlice(fixture.open());
        GateFixture.assertAdmitted(verdict);
        return ((Verdict.Admitted) verdict).identity();
    }

    private static boolean isAdmitted(Gate gate, TestCertificate certificate) {
        return gate.decide(FakeExchange.of(certificate.certificate())) instanceof Verdict.Admitted;
    }

    private void rules(String text) {
        ParsedRules parsed = RuleParser.parse(text, new RuleContext(true, false, true));
        assertThat(parsed.problems()).isEmpty();
        fixture.identityRules = ReloadingRules.of(new Rules(parsed.rules()));
    }
}
