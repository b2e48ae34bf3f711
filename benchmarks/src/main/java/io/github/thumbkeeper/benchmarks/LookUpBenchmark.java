/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.EntryTable;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Look-ups in a table of entries, for digests in random order, against the fastest set of the JDK: of records of four numbers.
 *
 * <p>A hit in the table includes making the entry, a hit in the set does not.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets up
public class LookUpBenchmark {

    private static final int QUERIES = 1 << 17;

    /** The length of the list. */
    @Param({"10", "1000", "100000", "1000000"})
    public int entries;

    private final byte[][] listed = new byte[QUERIES][];
    private final byte[][] others = new byte[QUERIES][];
    private final Set<Key> set = new HashSet<>();
    private EntryTable table;
    private int next;

    private record Key(long a, long b, long c, long d) {
        static Key of(byte[] digest) {
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new Key(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
        }
    }

    /** Makes table, set and queries. */
    @Setup(Level.Trial)
    public void fill() {
        RandomDigests digests = new RandomDigests(1);
        EntryTable.Builder builder = new EntryTable.Builder();
        byte[][] all = new byte[entries][];
        for (int i = 0; i < entries; i++) {
            all[i] = digests.next();
            builder.add(DigestKind.SHA256, all[i]);
            set.add(Key.of(all[i]));
        }
        table = builder.build();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < QUERIES; i++) {
            listed[i] = all[random.nextInt(entries)].clone();
            others[i] = digests.next();
        }
    }

    /** A digest that is there. */
    @Benchmark
    public int hit() {
        return found(query(listed));
    }

    /** A digest that is not there. */
    @Benchmark
    public int miss() {
        return found(query(others));
    }

    /** A digest that is there, in the set of the JDK. */
    @Benchmark
    public boolean hitInSet() {
        return set.contains(Key.of(query(listed)));
    }

    /** A digest that is not there, in the set of the JDK. */
    @Benchmark
    public boolean missInSet() {
        return set.contains(Key.of(query(others)));
    }

    private int found(byte[] digest) {
        return table.find(kind -> digest).size();
    }

    private byte[] query(byte[][] queries) {
        next = (next + 1) & (QUERIES - 1);
        return queries[next];
    }
}
