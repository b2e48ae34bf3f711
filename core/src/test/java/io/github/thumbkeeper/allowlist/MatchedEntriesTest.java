/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MatchedEntriesTest {

    private static final X509Certificate ALICE =
            TestCertificate.named("CN=alice").build().certificate();
    private static final IdentityMapper BY_LABEL = new IdentityMapper(PrincipalSource.LABEL, Set.of());

    @Test
    @DisplayName("an entry counts as unmatched until a request has its certificate")
    void marks() throws Exception {
        AllowList list = list(entry(ALICE, "alice"), other("bob"));
        assertThat(labels(list)).containsExactly("alice", "bob");

        list.find(ALICE);
        assertThat(labels(list)).containsExactly("bob");
        assertThat(list.unmatchedCount()).isEqualTo(1);
    }

    @Test
    @DisplayName("a reload keeps the marks of entries that are still listed, and forgets the others")
    void survivesAReload() throws Exception {
        AllowList before = list(entry(ALICE, "alice"), other("bob"));
        before.find(ALICE);
        AllowList now = list(other("carol"), entry(ALICE, "renamed"));
        now.continueFrom(before);
        assertThat(labels(now)).containsExactly("carol");

        AllowList without = list(other("carol"));
        without.continueFrom(now);
        AllowList again = list(entry(ALICE, "alice"));
        again.continueFrom(without);
        assertThat(labels(again)).containsExactly("alice");
    }

    @Test
    @DisplayName("marks the right one of many entries, with and without labels")
    void findsItAmongMany() throws Exception {
        for (boolean labelled : List.of(true, false)) {
            List<Entry> many = new ArrayList<>(IntStream.range(0, 100)
                    .mapToObj(i -> Entry.of(digest("client" + i), labelled ? "client" + i : null))
                    .toList());
            many.add(41, entry(ALICE, labelled ? "alice" : null));
            AllowList list = new AllowList(List.of(EntryTable.of(many)), BY_LABEL);
            list.find(ALICE);
            assertThat(list.unmatchedCount()).isEqualTo(100);
            assertThat(list.unmatched().map(Entry::digest)).doesNotContain(digestOf(ALICE));
        }
    }

    private static List<String> labels(AllowList list) {
        return list.unmatched().map(Entry::label).toList();
    }

    private static AllowList list(Entry... entries) {
        return new AllowList(List.of(EntryTable.of(List.of(entries))), BY_LABEL);
    }

    private static Entry entry(X509Certificate certificate, String label) {
        return Entry.of(digestOf(certificate), label);
    }

    private static Entry other(String label) {
        return Entry.of(digest(label), label);
    }

    private static Thumbprint digest(String of) {
        return Thumbprint.ofEncoded(of.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }

    private static Thumbprint digestOf(X509Certificate certificate) {
        try {
            return Thumbprint.of(certificate, DigestAlgorithm.SHA256);
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }
}
