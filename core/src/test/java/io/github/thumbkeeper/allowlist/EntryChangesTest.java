/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntryChangesTest {

    @Test
    @DisplayName("names what was added, removed and changed")
    void names() {
        Entry alice = entry("alice");
        Entry bob = entry("bob");
        Entry carol = entry("carol");
        Entry disabled = new Entry(bob.digest(), "bob", Set.of(), null, null, true);
        assertThat(changes(List.of(alice, bob), List.of(disabled, carol)))
                .hasToString("1 added ([carol]), 1 removed ([alice]), 1 changed ([bob])");
    }

    @Test
    @DisplayName("each attribute counts as a change")
    void noticesEachAttribute() {
        Entry plain = entry("alice");
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        for (Entry other : List.of(
                new Entry(plain.digest(), "another", Set.of(), null, null, false),
                new Entry(plain.digest(), "alice", Set.of("admin"), null, null, false),
                new Entry(plain.digest(), "alice", Set.of(), end, null, false),
                new Entry(plain.digest(), "alice", Set.of(), null, end, false),
                new Entry(plain.digest(), "alice", Set.of(), null, null, true))) {
            assertThat(changes(List.of(plain), List.of(other)).toString()).startsWith("1 changed (");
        }
    }

    @Test
    @DisplayName("another order is no change, nor is a certificate beside its thumbprint")
    void ignoresTheOrder() {
        Entry alice = entry("alice");
        Entry bob = entry("bob");
        assertThat(changes(List.of(alice, bob), List.of(bob, alice)).isEmpty()).isTrue();
    }

    @Test
    @DisplayName("names at most twenty of a kind, and escapes labels")
    void isBounded() {
        List<Entry> many = new ArrayList<>(
                IntStream.range(0, 25).mapToObj(i -> entry("client" + i)).toList());
        assertThat(changes(List.of(), many).toString())
                .startsWith("25 added ([client0], ")
                .endsWith("[client19] and 5 more)");
        assertThat(changes(List.of(), List.of(Entry.of(digest("x"), "a\nb"))).toString())
                .isEqualTo("1 added ([a\\u000Ab])");
    }

    @Test
    @DisplayName("names an entry without a label by its digest")
    void namesDigests() {
        Entry bare = Entry.of(digest("alice"), null);
        assertThat(changes(List.of(bare), List.of()).toString()).isEqualTo("1 removed ([" + bare.digest() + "])");
    }

    private static EntryChanges changes(List<Entry> before, List<Entry> now) {
        return EntryChanges.between(EntryTable.of(before), EntryTable.of(now));
    }

    private static Entry entry(String label) {
        return Entry.of(digest(label), label);
    }

    private static Thumbprint digest(String of) {
        return Thumbprint.ofEncoded(of.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }
}
