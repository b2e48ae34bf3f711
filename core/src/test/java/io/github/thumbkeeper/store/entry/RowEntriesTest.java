/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.store.Duplicates;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowEntriesTest {

    private static final String A = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private final RowEntries rows = new RowEntries("the store", NOW, false);
    private int number;

    @ParameterizedTest(name = "[{0}]")
    @DisplayName("a row whose thumbprint is none fails the whole reading (row 80)")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                " | has neither thumbprint nor certificate",
                "\"\" | is empty",
                "\"   \" | is empty",
                "alice | a text of 5 characters (not shown, it may be a password) is not a thumbprint",
                "ba7816 | a text of 6 characters (not shown, it may be a password) is not a thumbprint",
                "sha256/AAAA | a text of 11 characters (not shown, it may be a password) is not a public key pin",
                "0000000000000000000000000000000000000000000000000000000000000000 | all zeros",
                "* | a text of 1 character (not shown"
            })
    void refusesBadThumbprint(@Nullable String thumbprint, String why) {
        add(A, "good");
        add(thumbprint, "bad");

        assertThat(refusal())
                .startsWith("store [the store] ")
                .contains("row 2: ", why)
                .doesNotContain("row 1");
    }

    @Test
    @DisplayName("a row whose certificate is none fails the whole reading (row 80)")
    void refusesBadCertificate() {
        byte[] cut = Arrays.copyOf(ALICE.der(), ALICE.der().length - 1);
        addCertificate("not a certificate".getBytes(StandardCharsets.US_ASCII));
        addCertificate(new byte[0]);
        addCertificate(cut);
        addCertificate((ALICE.pem() + BOB.pem()).getBytes(StandardCharsets.US_ASCII));
        addCertificate(ALICE.privateKeyPem().getBytes(StandardCharsets.US_ASCII));

        assertThat(refusal())
                .contains("row 1: [certificate] holds no certificate", "row 2: [certificate] is empty")
                .contains("row 3: [certificate] is cut off: it has ", "row 4: has 2 certificates")
                .contains("row 5: [certificate] holds no certificate, only a private key");
    }

    @Test
    @DisplayName(
            "a certificate that is denied is denied by issuer and serial number too, and without a word on its dates")
    void deniesByIssuerAndSerialToo() throws Exception {
        TestCertificate expired = TestCertificate.named("CN=carol")
                .validFrom(NOW.minusSeconds(20))
                .validUntil(NOW.minusSeconds(10))
                .build();
        RowEntries denied = new RowEntries("the store", NOW, true);
        denied.add(() -> "row 1", null, expired.der(), EntryData.named("carol"));
        denied.add(() -> "row 2", A, null, EntryData.named(null));

        Loaded<EntryTable> contents = denied.toLoaded("state");
        assertThat(contents.value().stream().map(Entry::digest))
                .containsExactlyInAnyOrder(
                        Thumbprint.of(expired.certificate(), DigestAlgorithm.SHA256),
                        IssuerAndSerial.of(expired.certificate()),
                        Thumbprint.ofDigest(
                                DigestAlgorithm.SHA256, HexFormat.of().parseHex(A)));
        assertThat(contents.warnings()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"ali\u0000ce", "ali\u200Ece", "ali\u00A0ce", "ali\nce", "ali\tce", "\u202Eecila"})
    void refusesInvisibleCharactersInLabels(String label) {
        add(A, label);

        assertThat(refusal()).contains("row 1: ", "[label] is a text of", "with a character at index ");
    }

    @ParameterizedTest(name = "[{0}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "a,,b | [roles] holds an empty name",
                "a, | [roles] holds an empty name",
                "'' | [roles] holds an empty name",
                "a,* | stands for every user and is not a valid role",
                "** | stands for every user and is not a valid role",
                "two words | [roles] is a text of 9 characters (not shown, it may be a password) with a character at index 3"
            })
    void refusesBadRoles(String roles, String why) {
        rows.add(() -> "row 1", A, null, new EntryData("alice", List.of(roles), null, null, false));

        assertThat(refusal()).contains("row 1: ", why);
    }

    @Test
    void refusesEndBeforeBeginning() {
        rows.add(() -> "row 1", A, null, new EntryData("alice", List.of(), NOW, NOW, false));

        assertThat(refusal()).contains("row 1: from [" + NOW + "] is not before until");
    }

    @Test
    void refusesThumbprintOfOtherCertificate() {
        EntryData owner = EntryData.named("alice");
        rows.add(() -> "row 1", BOB.sha256(), ALICE.der(), owner);
        rows.add(() -> "row 2", "sha256/" + BOB.pin(), ALICE.der(), owner);
        rows.add(() -> "row 3", BOB.sha1(), ALICE.der(), owner);

        assertThat(refusal())
                .contains("row 1: has [sha256:" + BOB.sha256() + "] next to a certificate whose own is [sha256:"
                        + ALICE.sha256() + "]")
                .contains("row 2: ", "row 3: ");
    }

    @Test
    void refusesACertificateThatJavaReadsInPartOnly() {
        addCertificate(MalformedCertificate.EXTENSIONS_TWICE.der("CN=x", ALICE, ALICE.keyPair()));

        assertThat(refusal()).contains("row 1: [certificate] has an element after extensions in tbsCertificate");
    }

    @Test
    void reportsAllBadRowsTogether() {
        for (int i = 0; i < 50; i++) {
            add("x" + i, null);
        }

        assertThat(refusal()).contains("row 1: ", "row 20: ", "and 30 more").doesNotContain("row 21: ");
    }

    @Test
    @DisplayName("the same certificate for two owners is refused, for one it counts once (row 86)")
    void leavesRepeatedRowsToTheCheckOfAllStores() throws StoreException {
        add(A, "alice");
        add("sha256:" + A, "bob");
        Loaded<EntryTable> twice = rows.toLoaded("state");

        assertThatThrownBy(() -> Duplicates.resolve("the store", twice))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("as [alice] and as [bob]");
    }

    @Test
    @DisplayName("blanks that fill up a column are no part of what stands in it (row 85)")
    void trimsBlanksAtTheEnds() throws StoreException {
        rows.add(
                () -> "row 1",
                A + "   ",
                null,
                new EntryData("Alice O'Hara   ", List.of("orders , admin  ", "audit"), null, null, false));

        assertThat(rows.toLoaded("state").value())
                .containsExactly(new Entry(
                        thumbprint(A), "Alice O'Hara", Set.of("orders", "admin", "audit"), null, null, false));
    }

    @Test
    void readsEverythingThatARowMayHold() throws StoreException {
        Instant later = NOW.plus(Duration.ofDays(1));
        add(ALICE.sha1(), null);
        add("SHA256 Fingerprint=" + ALICE.sha256().toUpperCase(Locale.ROOT), "  ");
        add("sha256/" + BOB.pin() + "  ", "bob#2026");
        rows.add(() -> "row 4", BOB.sha512(), BOB.der(), new EntryData("bob", List.of(), NOW, later, true));
        addCertificate(BOB.pem().getBytes(StandardCharsets.US_ASCII));

        Loaded<EntryTable> contents = rows.toLoaded("state");

        assertThat(contents.state()).isEqualTo("state");
        assertThat(contents.value())
                .containsExactly(
                        Entry.of(Thumbprint.ofEncoded(ALICE.der(), DigestAlgorithm.SHA1), null),
                        Entry.of(thumbprint(ALICE.sha256()), null),
                        Entry.of(PublicKeyPin.of(BOB.certificate()), "bob#2026"),
                        new Entry(
                                Thumbprint.ofEncoded(BOB.der(), DigestAlgorithm.SHA512),
                                "bob",
                                Set.of(),
                                NOW,
                                later,
                                true),
                        Entry.of(thumbprint(BOB.sha256()), null));
        assertThat(contents.warnings()).singleElement().asString().contains("1 thumbprint is SHA-1");
    }

    @Test
    void warnsOfWhatIsStrange() throws StoreException {
        TestCertificate old = TestCertificate.named("CN=old")
                .validFrom(NOW.minusSeconds(20))
                .validUntil(NOW.minusSeconds(10))
                .build();
        add("\u200E" + A, "alice");
        addCertificate((old.pem() + old.privateKeyPem()).getBytes(StandardCharsets.US_ASCII));

        assertThat(rows.toLoaded("state").warnings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("row 1: ", "U+200E"),
                        second -> assertThat(second).contains("row 2: ", "begins a private key"),
                        third -> assertThat(third).contains("lists expired certificates: [row 2]"));
    }

    private void add(@Nullable String thumbprint, @Nullable String label) {
        int row = ++number;
        rows.add(() -> "row " + row, thumbprint, null, EntryData.named(label));
    }

    private void addCertificate(byte[] certificate) {
        int row = ++number;
        rows.add(() -> "row " + row, null, certificate, EntryData.named(null));
    }

    private String refusal() {
        try {
            rows.toLoaded("state");
        } catch (StoreException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("these rows were taken");
    }

    private static Thumbprint thumbprint(String hex) {
        return Thumbprint.ofDigest(DigestAlgorithm.SHA256, HexFormat.of().parseHex(hex));
    }
}
