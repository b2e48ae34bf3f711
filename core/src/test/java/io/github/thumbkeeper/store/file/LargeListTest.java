/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a list gives the same result whether it is parsed piece by piece or as a whole. */
class LargeListTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final int MILLION = 1_000_000;

    private final Random random = new Random(20261124);

    @TempDir
    Path dir;

    @Test
    @DisplayName("reading a million lines takes less than twice the memory of their table")
    void holdsNeitherTheFileNorItsLines() throws Exception {
        Path file = dir.resolve("clients.txt");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < MILLION; i++) {
                writer.write(line());
            }
        }
        FileStore store = store(file);
        long before = allocated();
        Loaded<EntryTable> contents = store.load(null);
        long taken = allocated() - before;

        assertThat(contents.value().size()).isEqualTo(MILLION);
        assertThat(taken).isLessThan(2L * 35 * MILLION);
    }

    @ParameterizedTest(name = "lines ending {0}")
    @ValueSource(strings = {"\n", "\r\n"})
    void readsPiecesLikeTheWhole(String end) throws Exception {
        List<String> lines = new ArrayList<>(List.of("\uFEFF# clients"));
        for (int i = 0; i < 20_000; i++) {
            lines.add(strange(line().strip(), i));
        }
        Path file = Files.writeString(dir.resolve("clients.txt"), String.join(end, lines));
        ThumbprintList whole = ThumbprintList.parse(file.toString(), Files.readAllBytes(file));
        Loaded<EntryTable> pieces = store(file).load(null);

        assertThat(pieces.value()).isEqualTo(whole.entries());
        assertThat(pieces.warnings()).isEqualTo(whole.warnings()).hasSize(1);
    }

    private static String strange(String line, int number) {
        return switch (number % 7) {
            case 1 -> line + " label=client" + number;
            case 2 -> line.substring(0, 40);
            case 3 -> "# " + "\u00E4".repeat(number % 1000);
            case 4 -> "";
            case 5 -> "  " + line + "\t";
            default -> line;
        };
    }

    @Test
    @DisplayName("a bad line far down is named, and a repetition is named with both lines")
    void namesLinesFarDown() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append(line());
        }
        String first = text.substring(0, 64);
        Path repeating = Files.writeString(dir.resolve("repeating.txt"), text + first.toUpperCase(Locale.ROOT));
        Path conflicting = Files.writeString(dir.resolve("conflicting.txt"), text + first + " disabled");
        Path bad = Files.writeString(dir.resolve("bad.txt"), text + "alice");

        Loaded<EntryTable> contents = store(repeating).load(null);
        assertThat(contents.value().size()).isEqualTo(5000);
        assertThat(contents.warnings()).singleElement().asString().contains("line 5001 repeats line 1");
        assertThatThrownBy(() -> store(conflicting).load(null)).hasMessageContaining("is in line 1 too");
        assertThatThrownBy(() -> store(bad).load(null))
                .hasMessageContaining("line 5001: a text of 5 characters (not shown");
    }

    @Test
    @DisplayName("certificates after a lot of text are recognised, even if the marker is in a comment")
    void recognisesCertificatesFarDown() throws Exception {
        String comments = "# nothing but a comment\n".repeat(10_000);
        Path pem = Files.writeString(dir.resolve("alice.pem"), comments + ALICE.pem());
        Path marker = Files.writeString(dir.resolve("marker.txt"), comments + "# -----BEGIN CERTIFICATE-----\n");

        assertThat(store(pem).load(null).value()).extracting(Entry::label).containsExactly("alice");
        assertThatThrownBy(() -> store(marker).load(null)).hasMessageContaining("has other text before BEGIN or END");
    }

    @Test
    @DisplayName("a thumbprint whose digits look like the header of a key store is a thumbprint")
    void readsDigitsThatLookLikeKeyStore() throws Exception {
        String line = "010203" + line().substring(6);

        assertThat(store(Files.writeString(dir.resolve("clients.txt"), line))
                        .load(null)
                        .value())
                .hasSize(1);
    }

    @Test
    void refusesOtherEncodingFarDown() throws Exception {
        byte[] latin1 = (line().repeat(2000) + "# J\u00FCrgen").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() ->
                        store(Files.write(dir.resolve("clients.txt"), latin1)).load(null))
                .hasMessageContaining("is not UTF-8 text (line 2001)");
    }

    @Test
    void returnsPreviousResultIfOnlyTouched() throws Exception {
        Path file = Files.writeString(dir.resolve("clients.txt"), line());
        FileStore store = store(file);
        Loaded<EntryTable> first = store.load(null);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        assertThat(store.load(first)).isSameAs(first);
        assertThat(store.load(first)).isSameAs(first);
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private String line() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return HexFormat.of().formatHex(digest) + "\n";
    }

    private static FileStore store(Path file) throws IOException {
        return new FileStore(
                file.toString(),
                file,
                new KeyStoreOptions(StorePassword.of("storePassword", null), false),
                false,
                InstantSource.fixed(Instant.EPOCH));
    }
}
