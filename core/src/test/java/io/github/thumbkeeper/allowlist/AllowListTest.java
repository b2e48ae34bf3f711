/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How the parts of a list combine (architecture, section 3). */
class AllowListTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final IdentityMapper BY_LABEL = new IdentityMapper(PrincipalSource.LABEL, Set.of());

    private static final Thumbprint SHA256 = thumbprint(DigestAlgorithm.SHA256);
    private static final Thumbprint SHA1 = thumbprint(DigestAlgorithm.SHA1);
    private static final PublicKeyPin PIN = PublicKeyPin.of(ALICE.certificate());

    @Test
    void refusesCertificateThatIsNotListed() throws Exception {
        AllowList bob = list(Entry.of(Thumbprint.ofEncoded(BOB.der(), DigestAlgorithm.SHA256), "bob"));

        assertThat(reason(list())).isEqualTo(Reason.NOT_LISTED);
        assertThat(reason(bob)).isEqualTo(Reason.NOT_LISTED);
    }

    @ParameterizedTest(name = "a digest that differs in its last bit does not match: {0}")
    @EnumSource(DigestAlgorithm.class)
    void comparesTheWholeThumbprint(DigestAlgorithm algorithm) {
        byte[] digest = digest(algorithm);
        digest[digest.length - 1] ^= 1;

        AllowList list = list(Entry.of(Thumbprint.ofDigest(algorithm, digest), "alice"));

        assertThat(reason(list)).isEqualTo(Reason.NOT_LISTED);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(DigestAlgorithm.class)
    void admitsByThumbprintOfEachAlgorithm(DigestAlgorithm algorithm) {
        Identity identity = identity(list(Entry.of(thumbprint(algorithm), "alice")));

        assertThat(identity.name()).isEqualTo("alice");
        assertThat(identity.thumbprint()).isEqualTo("sha256:" + ALICE.sha256());
    }

    @Test
    void admitsByPinAlsoTheRenewalWithTheSameKey() throws Exception {
        TestCertificate renewed =
                TestCertificate.named("CN=alice").key(ALICE.keyPair()).build();
        AllowList list = list(Entry.of(PIN, "alice"));

        assertThat(reasonOf(list, BOB)).isEqualTo(Reason.NOT_LISTED);
        assertThat(identity(list).name()).isEqualTo("alice");
        assertThat(list.find(renewed.certificate()).at(now())).isInstanceOf(ListDecision.Admitted.class);
    }

    /** The two ways to list alice that stand for all stores: in front, and behind. */
    @ParameterizedTest(name = "{0}, then {1}: {2}")
    @MethodSource("precedences")
    void firstEntryInForceSpeaksUnlessOneIsDisabled(State first, State second, String expected) {
        for (List<CertificateDigest> digests : List.of(
                List.<CertificateDigest>of(SHA256, PIN),
                List.<CertificateDigest>of(PIN, SHA256),
                List.<CertificateDigest>of(SHA1, SHA256),
                List.<CertificateDigest>of(SHA256, SHA256),
                List.<CertificateDigest>of(PIN, PIN))) {
            AllowList list = list(
                    first.entry(digests.get(0), "first"),
                    Entry.of(Thumbprint.ofEncoded(BOB.der(), DigestAlgorithm.SHA256), "bob"),
                    second.entry(digests.get(1), "second"));
            assertThat(outcome(decision(list))).as("%s", digests).isEqualTo(expected);
        }
    }

    static Stream<Arguments> precedences() {
        List<Arguments> rows = new ArrayList<>();
        for (State first : State.values()) {
            for (State second : State.values()) {
                rows.add(Arguments.of(first, second, expected(first, second)));
            }
        }
        return rows.stream();
    }

    private static String expected(State first, State second) {
        if (first.disabled || second.disabled) {
            return "ENTRY_DISABLED";
        }
        if (first.inForce) {
            return "first[of-first]";
        }
        return second.inForce ? "second[of-second]" : "ENTRY_NOT_IN_FORCE";
    }

    private enum State {
        PLAIN(true, false, null, null),
        WITHIN(true, false, NOW.minusSeconds(1), NOW.plusSeconds(1)),
        FROM_NOW(true, false, NOW, null),
        LATER(false, false, NOW.plusMillis(1), null),
        UNTIL_NOW(false, false, null, NOW),
        NEVER(false, false, NOW.plusSeconds(1), NOW.minusSeconds(1)),
        DISABLED(true, true, null, null),
        DISABLED_LATER(false, true, NOW.plusSeconds(1), null);

        private final boolean inForce;
        private final boolean disabled;
        private final Instant from;
        private final Instant until;

        State(boolean inForce, boolean disabled, Instant from, Instant until) {
            this.inForce = inForce;
            this.disabled = disabled;
            this.from = from;
            this.until = until;
        }

        Entry entry(CertificateDigest digest, String label) {
            return new Entry(digest, label, Set.of("of-" + label), from, until, disabled);
        }
    }

    @Test
    @DisplayName("the label of an entry without one is the text of the entry that matched")
    void namesByTheTextOfTheEntryIfItHasNoLabel() {
        assertThat(identity(list(Entry.of(PIN, null))).name()).isEqualTo(PIN.toString());
        assertThat(identity(list(Entry.of(SHA1, null))).name()).isEqualTo("sha1:" + ALICE.sha1());
        assertThat(identity(list(Entry.of(SHA1, null))).label()).isNull();
    }

    @Test
    void rolesOfSettingsJoinThoseOfTheOneEntry() {
        Entry first = new Entry(PIN, "a", Set.of("orders"), null, null, false);
        Entry second = new Entry(SHA256, "b", Set.of("admin"), null, null, false);
        AllowList list = new AllowList(
                List.of(EntryTable.of(List.of(first, second))),
                new IdentityMapper(PrincipalSource.LABEL, Set.of("client")));

        assertThat(identity(list).roles()).containsExactlyInAnyOrder("orders", "client");
    }

    @Test
    void namesThePrincipalAsTold() {
        assertThat(nameBy(PrincipalSource.THUMBPRINT, ALICE)).isEqualTo("sha256:" + ALICE.sha256());
        assertThat(nameBy(PrincipalSource.SUBJECT, ALICE)).isEqualTo("CN=alice");
        assertThat(nameBy(PrincipalSource.COMMON_NAME, ALICE)).isEqualTo("alice");
        assertThat(nameBy(PrincipalSource.NONE, ALICE)).isNull();
    }

    @ParameterizedTest(name = "a subject [{0}] gives no name for {1}")
    @MethodSource("namelessSubjects")
    @DisplayName("a certificate without the name wanted is refused (CVE-2026-22747, CVE-2026-47838)")
    void refusesCertificateWithoutTheNameWanted(String subject, PrincipalSource principal) {
        TestCertificate authority = TestCertificate.named("CN=authority").ca().build();
        TestCertificate nameless =
                TestCertificate.named(subject).issuedBy(authority).build();
        Entry entry = Entry.of(Thumbprint.ofEncoded(nameless.der(), DigestAlgorithm.SHA256), "label");
        AllowList list = new AllowList(List.of(EntryTable.of(List.of(entry))), new IdentityMapper(principal, Set.of()));

        assertThat(reasonOf(list, nameless)).isEqualTo(Reason.NO_COMMON_NAME);
    }

    static Stream<Arguments> namelessSubjects() {
        return Stream.of(
                Arguments.of("O=Shop", PrincipalSource.COMMON_NAME),
                Arguments.of("CN=alice+CN=admin", PrincipalSource.COMMON_NAME),
                Arguments.of("CN=alice,CN=admin", PrincipalSource.COMMON_NAME),
                Arguments.of("O=x\\,CN=admin", PrincipalSource.COMMON_NAME),
                Arguments.of("", PrincipalSource.COMMON_NAME),
                Arguments.of("", PrincipalSource.SUBJECT));
    }

    @Test
    @DisplayName("the list is a copy: what its maker does later changes nothing (row 74)")
    void copiesTheEntries() {
        List<Entry> entries = new ArrayList<>(List.of(Entry.of(SHA256, "alice")));
        AllowList list = new AllowList(List.of(EntryTable.of(entries)), BY_LABEL);
        entries.clear();

        assertThat(list.size()).isEqualTo(1);
        assertThat(identity(list).name()).isEqualTo("alice");
    }

    @Test
    @Timeout(3)
    @DisplayName("the same entry a hundred thousand times costs no quadratic time (row 21)")
    void takesManyEqualEntries() {
        AllowList list = new AllowList(
                List.of(EntryTable.of(Collections.nCopies(100_000, Entry.of(SHA256, "alice")))), BY_LABEL);

        assertThat(identity(list).name()).isEqualTo("alice");
    }

    private static String nameBy(PrincipalSource principal, TestCertificate certificate) {
        Entry entry = Entry.of(Thumbprint.ofEncoded(certificate.der(), DigestAlgorithm.SHA256), "label");
        return identity(new AllowList(List.of(EntryTable.of(List.of(entry))), new IdentityMapper(principal, Set.of())))
                .name();
    }

    private static AllowList list(Entry... entries) {
        return new AllowList(List.of(EntryTable.of(List.of(entries))), BY_LABEL);
    }

    private static Identity identity(AllowList list) {
        return ((ListDecision.Admitted) decision(list)).verdict().identity();
    }

    private static String outcome(ListDecision decision) {
        if (decision instanceof ListDecision.Refused refused) {
            return refused.reason().name();
        }
        Identity identity = ((ListDecision.Admitted) decision).verdict().identity();
        return identity.name() + identity.roles();
    }

    private static Reason reason(AllowList list) {
        return reasonOf(list, ALICE);
    }

    private static Reason reasonOf(AllowList list, TestCertificate certificate) {
        try {
            ListDecision decision = list.find(certificate.certificate()).at(now());
            return ((ListDecision.Refused) decision).reason();
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static ListDecision decision(AllowList list) {
        try {
            return list.find(ALICE.certificate()).at(now());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static long now() {
        return NOW.toEpochMilli();
    }

    private static Thumbprint thumbprint(DigestAlgorithm algorithm) {
        return Thumbprint.ofEncoded(ALICE.der(), algorithm);
    }

    private static byte[] digest(DigestAlgorithm algorithm) {
        try {
            return MessageDigest.getInstance(algorithm.standardName()).digest(ALICE.der());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("anybody can write an issuer and a serial number into a certificate: they never admit")
    void refusesToBeMadeOfIssuersAndSerialNumbers() {
        EntryTable table = EntryTable.of(List.of(Entry.of(IssuerAndSerial.of(ALICE.certificate()), "alice")));

        assertThatThrownBy(() -> new AllowList(List.of(table), BY_LABEL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AllowList(List.of(table), List.of(), List.of(), BY_LABEL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new AllowList(List.of(), List.of(), List.of(table), BY_LABEL).size())
                .isZero();
    }
}
