/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what a table costs: the memory of an entry, and the steps of a look-up. */
class TableCostTest {

    private static final int LENGTH = DigestKind.SHA256.length();
    private static final int MILLION = 1_000_000;

    /** One bucket of 750 000 has more of a million random digests with a probability below one in a million. */
    private static final int MOST_STEPS = 16;

    private final Random random = new Random(20261128);

    /** Small arrays only: the collector rounds large ones up to its regions. */
    @ParameterizedTest(name = "{0} entries")
    @CsvSource({"10, 64, 20000", "10000, 36, 40"})
    void takesFewBytes(int entries, double most, int copies) {
        double best = Double.MAX_VALUE;
        for (int round = 0; round < 5 && best > most; round++) {
            best = Math.min(best, bytes(entries, copies));
        }
        assertThat(best).as("bytes of an entry").isBetween((double) LENGTH, most);
    }

    private double bytes(int entries, int copies) {
        List<MatchedEntries> kept = new ArrayList<>(copies);
        try {
            long before = used();
            for (int i = 0; i < copies; i++) {
                kept.add(new MatchedEntries(table(entries)));
            }
            return (used() - before) / (double) entries / copies;
        } finally {
            Reference.reachabilityFence(kept);
        }
    }

    private EntryTable table(int entries) {
        EntryTable.Builder builder = new EntryTable.Builder();
        for (int number = 0; number < entries; number++) {
            builder.add(DigestKind.SHA256, digest());
        }
        return builder.build();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    static Stream<Arguments> absent() {
        return Stream.of(
                row("random digests", digest -> digest),
                row("the same leading bits", digest -> filled(digest, 0, LENGTH - 4)),
                row("the same last bits", digest -> filled(digest, 4, LENGTH)));
    }

    private static Arguments row(String name, UnaryOperator<byte[]> digest) {
        return Arguments.of(name, digest);
    }

    private static byte[] filled(byte[] digest, int from, int to) {
        Arrays.fill(digest, from, to, (byte) 0x5A);
        return digest;
    }

    @ParameterizedTest(name = "a million absent digests with {0}")
    @MethodSource("absent")
    void boundsTheStepsOfALookUp(String name, UnaryOperator<byte[]> chosen) {
        DigestColumn column = new DigestColumn(DigestKind.SHA256);
        for (int i = 0; i < MILLION; i++) {
            column.add(digest(), i);
        }
        DigestTable table = column.toTable(false);

        int most = 0;
        int found = 0;
        for (int i = 0; i < MILLION; i++) {
            byte[] digest = chosen.apply(digest());
            found += table.first(digest) < 0 ? 0 : 1;
            most = Math.max(most, table.steps(digest));
        }
        assertThat(found).isZero();
        assertThat(most).as("digests compared").isBetween(1, MOST_STEPS);
    }

    private byte[] digest() {
        byte[] digest = new byte[LENGTH];
        random.nextBytes(digest);
        return digest;
    }
}
