/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.FakeStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFilterTest {

    @ParameterizedTest(name = "[{0}] lets [{1}] through: {2}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "alice, alice, true",
                "alice, Alice, false",
                "alice, alice2, false",
                "alice, xalice, false",
                "alice*, alice2, true",
                "alice*, alice, true",
                "*, anything at all, true",
                "**, x, true",
                "?, x, true",
                "?, \"\", false",
                "?, xy, false",
                "?, \uD835\uDC9C, true",
                "\uD835\uDC9C*, \uD835\uDC9Clice, true",
                "a*c?e, abcde, true",
                "a*c?e, ace, false",
                "a.c, abc, false",
                "a.c, a.c, true",
                "[ab]*, a, false",
                "[ab]*, [ab]x, true",
                "a|b, a, false",
                "(a), (a), true",
                "\\d, 1, false",
                "\\d, \\d, true",
                "\\Ea*\\Q, \\Eabc\\Q, true",
                "^a$, a, false",
                "a{2}, aa, false",
                "*x, \"a\nx\", true",
            })
    void matchesWholeLabels(String glob, String label, boolean lets) {
        assertThat(LabelFilter.of(glob).lets(entry(label))).isEqualTo(lets);
    }

    @Test
    void entryWithoutLabelMatchesNoGlob() {
        assertThat(LabelFilter.of("*").lets(entry(null))).isFalse();
        assertThat(LabelFilter.ALL.lets(entry(null))).isTrue();
    }

    @Test
    void narrowsAStoreAndNoticesThatNothingHasChanged() throws Exception {
        FakeStore all = new FakeStore("all", entry("alice"), entry("bob"));
        FilteredStore store = new FilteredStore(all, LabelFilter.of("a*"));
        Loaded<EntryTable> first = store.load(null);

        assertThat(store.location()).isEqualTo("all");
        assertThat(first.value()).extracting(Entry::label).containsExactly("alice");
        assertThat(store.load(first)).isSameAs(first);
        all.reads(previous -> previous);
        assertThat(store.load(first)).isSameAs(first);
        all.lists(entry("anna"), entry("bob"));
        assertThat(store.load(first).value()).extracting(Entry::label).containsExactly("anna");
    }

    @Test
    void passesOnWhatFailedAndWhatIsToBeWarnedOf() throws Exception {
        FakeStore all = new FakeStore("all");
        StoreException failure = new StoreException("all/x", "is garbage", null);
        all.reads(previous -> new Loaded<>(EntryTable.of(List.of()), List.of("warning"), List.of(failure), ""));

        Loaded<EntryTable> contents = new FilteredStore(all, LabelFilter.of("a*")).load(null);

        assertThat(contents.warnings()).containsExactly("warning");
        assertThat(contents.failures()).containsExactly(failure);
    }

    private static Entry entry(String label) {
        return Entry.of(Thumbprint.ofDigest(DigestAlgorithm.SHA256, new byte[32]), label);
    }

    @Test
    void letsDisabledEntriesThrough() {
        Entry blocked = new Entry(
                io.github.thumbkeeper.certificate.PublicKeyPin.ofDigest(new byte[32]),
                null,
                java.util.Set.of(),
                null,
                null,
                true);

        assertThat(LabelFilter.of("svc-*").lets(blocked)).isTrue();
    }
}
