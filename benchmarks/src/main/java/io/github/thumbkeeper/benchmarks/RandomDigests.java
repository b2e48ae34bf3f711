/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Digests of certificates that do not exist, the same for the same seed. Not thread-safe. */
public final class RandomDigests {

    private final SplittableRandom random;

    /** Begins with the first digest of this seed. */
    public RandomDigests(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns the next digest. */
    public byte[] next() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return digest;
    }

    /** Writes the next digests as a list of thumbprints, after the given one. */
    public void write(Path file, byte[] first, int count) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < count; i++) {
                String line = HexFormat.of().formatHex(i == 0 ? first : next()) + "\n";
                out.write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
