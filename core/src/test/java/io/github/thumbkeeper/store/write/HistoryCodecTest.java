/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryCodecTest {

    private static final X509Certificate ALICE =
            TestCertificate.named("CN=alice").build().certificate();
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123456Z");

    private static HistoryRecord record(String actor, String label, String reason) throws Exception {
        Thumbprint digest = Thumbprint.of(ALICE, DigestAlgorithm.SHA256);
        ListedEntry before =
                new ListedEntry(digest, label, Set.of("a", "b"), NOW, NOW.plusSeconds(9), EntryState.ENABLED, ALICE);
        return new HistoryRecord(
                7,
                NOW,
                actor,
                ChangeKind.DENY,
                List.of(
                        new EntryStep.Changed(before, before.withState(new EntryState.Denied(reason))),
                        new EntryStep.Removed(before.withCertificate(null)),
                        new EntryStep.Added(before)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"carol", "CN=carol\\, O=x", "\uD83D\uDD11", "a\tb\nc\u2028d", "x disabled # denied: y"})
    void givesBackWhatWasWritten(String text) throws Exception {
        String label = text.contains("\t") ? "alice" : text;
        HistoryRecord written = record(text, label, label);

        String line = HistoryCodec.format(written);

        assertThat(line).doesNotContain("\n").doesNotContain("\u2028");
        assertThat(HistoryCodec.parse(line)).contains(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bob \"the builder\"",
                "\"",
                "x\" disabled label=\"y",
                "",
                "a|b\"c\\|",
                " \" ",
                "#\"",
                "=\"x\uD83D\uDD11"
            })
    @DisplayName("every entry that a row or a file can have is given back, also if no line of a list can hold it")
    void givesBackWhatNoLineCanHold(String label) throws Exception {
        HistoryRecord written = record("carol", label, "two\r\nlines, \ta tab and a blank ");

        String line = HistoryCodec.format(written);

        assertThat(line).doesNotContain("\n").doesNotContain("\r");
        assertThat(HistoryCodec.parse(line)).contains(written);
    }

    @Test
    void showsRecordWithoutMeaningAsDamaged() {
        assertThat(HistoryCodec.record(7, NOW, "carol", "ADD", "nonsense\t\t"))
                .isEqualTo(HistoryRecord.damaged(7, NOW, "carol"));
        assertThat(HistoryCodec.record(7, NOW, "carol", "ADD", "=a|b\t\t").kind())
                .isEqualTo(ChangeKind.DAMAGED);
        assertThat(HistoryCodec.record(7, NOW, "carol", "BREW", "").kind()).isEqualTo(ChangeKind.DAMAGED);
    }

    @Test
    void refusesEveryTornLine() throws Exception {
        String line = HistoryCodec.format(record("carol", "alice", "why"));

        for (int length = 0; length < line.length(); length++) {
            assertThat(HistoryCodec.parse(line.substring(0, length))).isEmpty();
            assertThat(HistoryCodec.parse(line.substring(length + 1))).isEmpty();
        }
        assertThat(HistoryCodec.parse(line.replace("carol", "mallo"))).isEmpty();
    }
}
