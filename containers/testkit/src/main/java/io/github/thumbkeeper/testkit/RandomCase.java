/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the random input of one case; the same seed makes the same input. Not thread-safe. */
public final class RandomCase {

    /** One in this many values is at the edge of its range, where mistakes are. */
    private static final int EDGE = 8;

    private static final List<Integer> EDGES_OF_BYTES = List.of(0, 1, 0x7F, 0x80, 0xFF);

    private final SplittableRandom random;

    RandomCase(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns a number in this range; both ends belong to it and are frequent. */
    public int between(int least, int most) {
        if (random.nextInt(EDGE) == 0) {
            return random.nextBoolean() ? least : most;
        }
        return least + random.nextInt(most - least + 1);
    }

    /** Returns a byte; values such as 0 are frequent. */
    public byte oneByte() {
        int value = random.nextInt(EDGE) == 0 ? oneOf(EDGES_OF_BYTES) : random.nextInt(256);
        return (byte) value;
    }

    /** Returns this many bytes. */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = oneByte();
        }
        return bytes;
    }

    /** Returns a positive number of up to this many bytes. */
    public BigInteger positive(int bytes) {
        return new BigInteger(1, bytes(between(0, bytes))).max(BigInteger.ONE);
    }

    /** Returns one of these values. */
    public <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns up to this many of these parts in a row; a part may repeat. */
    public String text(int most, List<String> parts) {
        return text(0, most, parts);
    }

    /** Returns this many of these parts in a row; a part may repeat. */
    public String text(int least, int most, List<String> parts) {
        return IntStream.range(0, between(least, most))
                .mapToObj(i -> oneOf(parts))
                .collect(Collectors.joining());
    }
}
