/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks the thumbprint lists in a directory of certificates. */
class FolderListsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String A = "sha256:" + ALICE.sha256();
    private static final String B = "sha256:" + BOB.sha256();

    @TempDir
    Path clients;

    private DirectoryStore store;

    @BeforeEach
    void makeStore() {
        store = DirectoryStore.ofEntries("clients", clients, false, InstantSource.system());
        ALICE.writePem(clients.resolve("alice.pem"));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "another label",
                        A + " label=bob",
                        "is labelled [bob] there, but the file of the certificate gives [alice]"),
                arguments(
                        "two lines, other roles",
                        A + " roles=a\nsha1:" + ALICE.sha1() + " roles=b",
                        "is in another line too"),
                arguments("two lines, one disabled", A + " disabled\nsha1:" + ALICE.sha1(), "is in another line too"),
                arguments("a misspelt word", A + " disable", "line 1: "),
                arguments("PEM in a list", ALICE.pem(), "has PEM or DER between its lines"),
                arguments("an empty file", "", "is empty (0 bytes)"));
    }

    @ParameterizedTest(name = "{0} is a failure of the list at the start")
    @MethodSource("refused")
    void failsOnAContradiction(String name, String list, String why) throws Exception {
        write("roles.list", list);

        assertThat(store.load(null).failures())
                .singleElement()
                .satisfies(it -> assertThat(it)
                        .hasMessageStartingWith("store [clients/roles.list] ")
                        .hasMessageContaining(why));
    }

    static Stream<Arguments> accepted() {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        Instant until = Instant.parse("2099-01-01T00:00:00Z");
        return Stream.of(
                arguments("roles", A + " roles=a,b", entry(null, Set.of("a", "b"), null, null, false)),
                arguments("the same label", A + " label=alice", entry(null, Set.of(), null, null, false)),
                arguments("dates", A + " from=" + from + " until=" + until, entry(null, Set.of(), from, until, false)),
                arguments("disabled", A + " disabled", entry(null, Set.of(), null, null, true)),
                arguments("SHA-1", "sha1:" + ALICE.sha1() + " roles=a", entry(null, Set.of("a"), null, null, false)),
                arguments("SHA-512", ALICE.sha512() + " disabled", entry(null, Set.of(), null, null, true)),
                arguments(
                        "two lines that agree",
                        A + " roles=a\nsha1:" + ALICE.sha1() + " roles=a label=alice",
                        entry(null, Set.of("a"), null, null, false)),
                arguments("comments only", "# nothing\n\n", entry(null, Set.of(), null, null, false)));
    }

    @ParameterizedTest(name = "{0} of a line are added to the certificate that it matches")
    @MethodSource("accepted")
    void addsTheAttributesOfALine(String name, String list, Entry expected) throws Exception {
        write("roles.list", list);

        Loaded<EntryTable> read = store.load(null);

        assertThat(read.failures()).isEmpty();
        assertThat(read.value()).singleElement().satisfies(entry -> {
            assertThat(entry.digest()).hasToString(A);
            assertThat(entry.label()).isEqualTo("alice");
            assertThat(entry.hasAttributesOf(expected)).as(entry.toString()).isTrue();
        });
    }

    @Test
    void listsCertificatesKnownOnlyByTheirThumbprint() throws Exception {
        write("partners.list", B + " label=bob roles=partner\n");

        assertThat(summary(store.load(null))).containsExactly("alice [] enabled", "bob [partner] enabled");
    }

    @Test
    @DisplayName("a pin gives its attributes to the certificates with the key, and lists the key itself")
    void matchesPins() throws Exception {
        write("roles.list", "sha256/" + ALICE.pin() + " roles=a disabled");

        assertThat(summary(store.load(null))).containsExactly("alice [a] disabled", "null [a] disabled");
    }

    @Test
    @DisplayName("a change of a list counts at once, and a bad list keeps what it disabled")
    void keepsABadList() throws Exception {
        BOB.writePem(clients.resolve("bob.pem"));
        Loaded<EntryTable> plain = store.load(null);
        write("roles.list", A + " disabled\n");
        Loaded<EntryTable> disabled = store.load(plain);
        assertThat(summary(disabled)).containsExactly("alice [] disabled", "bob [] enabled");

        write("roles.list", A + " enabled\n");
        Files.delete(clients.resolve("bob.pem"));
        Loaded<EntryTable> bad = store.load(disabled);

        assertThat(summary(bad)).containsExactly("alice [] disabled");
        assertThat(bad.failures()).hasSize(1);
        assertThat(store.load(bad)).isSameAs(bad);
    }

    @Test
    @DisplayName("a list that was removed while another cannot be read still disables, and admits nothing")
    void keepsRestrictionsOfARemovedList() throws Exception {
        write("one.list", A + " disabled roles=a\n" + B + " label=bob until=2099-01-01T00:00:00Z\n");
        Loaded<EntryTable> first = store.load(null);
        Files.delete(clients.resolve("one.list"));
        write("two.list", A + " disabledd\n");
        Loaded<EntryTable> moved = store.load(first);
        assertThat(summary(moved)).containsExactly("alice [] disabled");
        Loaded<EntryTable> again = store.load(moved);
        assertThat(summary(again)).containsExactly("alice [] disabled");

        write("two.list", A + " roles=b\n");

        assertThat(summary(store.load(again))).containsExactly("alice [b] enabled");
    }

    @Test
    void obeysTheRemovalOfAList() throws Exception {
        write("roles.list", A + " disabled\n" + B + "\n");
        Loaded<EntryTable> first = store.load(null);
        Files.delete(clients.resolve("roles.list"));

        assertThat(summary(store.load(first))).containsExactly("alice [] enabled");
    }

    @Test
    @DisplayName("a line whose certificate file was removed lists its thumbprint by itself, with a warning")
    void warnsOfALineWithoutItsCertificate() throws Exception {
        BOB.writePem(clients.resolve("bob.pem"));
        write("roles.list", A + " label=alice roles=a\n");
        Loaded<EntryTable> first = store.load(null);
        Files.delete(clients.resolve("alice.pem"));

        Loaded<EntryTable> second = store.load(first);

        assertThat(summary(second)).containsExactly("alice [a] enabled", "bob [] enabled");
        assertThat(second.warnings())
                .singleElement()
                .asString()
                .contains("no longer has the certificate [" + A + "], but [roles.list] still lists its thumbprint")
                .endsWith("delete that line too, or add disabled");
    }

    @Test
    @DisplayName("a contradiction restricts its own certificate and holds up no other file")
    void restrictsAContradiction() throws Exception {
        BOB.writePem(clients.resolve("bob.pem"));
        write("roles.list", A + " label=alice roles=a,b\n");
        Loaded<EntryTable> first = store.load(null);
        Files.delete(clients.resolve("bob.pem"));
        write("more.list", "sha1:" + ALICE.sha1() + " roles=b,c\n");

        Loaded<EntryTable> second = store.load(first);
        assertThat(second.failures()).hasSize(1);
        assertThat(summary(second)).containsExactly("alice [b] enabled");

        write("more.list", "sha1:" + ALICE.sha1() + " disabled\n");
        assertThat(summary(store.load(second))).containsExactly("alice [] disabled");
    }

    @Test
    @DisplayName("a new certificate whose lines contradict each other is not listed")
    void doesNotListANewContradiction() throws Exception {
        Loaded<EntryTable> first = store.load(null);
        write("one.list", B + " roles=a\n");
        write("two.list", B + " roles=b\n");

        Loaded<EntryTable> second = store.load(first);

        assertThat(summary(second)).containsExactly("alice [] enabled");
        assertThat(second.failures()).hasSize(1);
    }

    @Test
    @DisplayName("of a certificate in several files a line may choose the label")
    void choosesTheLabelOfOneFile() throws Exception {
        ALICE.writePem(clients.resolve("all.pem"));
        assertThat(summary(store.load(null))).containsExactly("alice [] enabled");

        write("roles.list", A + " label=all");

        Loaded<EntryTable> read = store.load(null);
        assertThat(summary(read)).containsExactly("all [] enabled");
        assertThat(read.warnings())
                .singleElement()
                .asString()
                .contains("has the certificate [" + A + "] in [alice.pem], [all.pem]; it counts once");
    }

    @Test
    void failsOnALabelForAFileWithoutOne() throws Exception {
        Files.delete(clients.resolve("alice.pem"));
        ALICE.writePem(clients.resolve("#.pem"));
        write("roles.list", A + " label=alice");

        assertThat(store.load(null).failures())
                .singleElement()
                .satisfies(it -> assertThat(it).hasMessageContaining("gives no label"));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(clients.resolve(name), text);
    }

    private static Entry entry(String label, Set<String> roles, Instant from, Instant until, boolean disabled) {
        return new Entry(
                Thumbprint.ofDigest(DigestAlgorithm.SHA256, new byte[32]), label, roles, from, until, disabled);
    }

    private static Set<String> summary(Loaded<EntryTable> loaded) {
        Set<String> lines = new TreeSet<>();
        loaded.value()
                .forEach(entry -> lines.add(entry.label() + " " + new TreeSet<>(entry.roles())
                        + (entry.disabled() ? " disabled" : " enabled")));
        return lines;
    }
}
