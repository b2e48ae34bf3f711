/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Goals for the figures of a store, and whether they are met. */
final class Goals {

    private static final int MILLION = 1_000_000;

    private final List<String> said = new ArrayList<>();

    private Goals() {}

    static String of(Source source, int entries, StoreFigure figure, Path directory)
            throws IOException, GeneralSecurityException {
        Goals goals = new Goals();
        if (source == Source.LIST) {
            goals.list(entries, figure, directory.resolve("clients.txt"));
        } else if (source == Source.PEM_FILE && entries == 100_000) {
            goals.atMost("warm load, ms", figure.bestMillis(), 500);
        } else if (source == Source.PEM_DIRECTORY && entries == 100_000) {
            goals.atMost("nothing changed, ms", figure.unchangedMillis(), 300);
        } else if (source == Source.JNDI_LIVE_KEY_STORE && entries == 100_000) {
            goals.atMost("nothing changed, ms", figure.unchangedMillis(), 100);
        } else if (source == Source.PKCS12_FILE && entries == 100_000) {
            double alone = keyStoreAlone(directory.resolve("clients.p12"));
            goals.atMost("ratio to KeyStore.load", figure.bestMillis() / alone, 1.05);
            goals.atMost("bytes/entry without its label", figure.bytesPerEntry() - labelBytes(entries), 40);
        } else if (source == Source.OPENLDAP && entries == 100_000) {
            goals.atMost("first load, s", figure.firstMillis() / 1000, 60);
            goals.atMost("nothing changed, s", figure.unchangedMillis() / 1000, 1);
        }
        return goals.said.isEmpty() ? "-" : String.join("; ", goals.said);
    }

    private void list(int entries, StoreFigure figure, Path file) throws IOException {
        if (entries == 10) {
            atMost("bytes/entry", figure.bytesPerEntry(), 64);
        }
        if (entries == MILLION) {
            atMost("bytes/entry", figure.bytesPerEntry(), 36);
            atMost("warm load, ms", figure.bestMillis(), 150);
            atMost("ratio to new HashSet(readAllLines)", figure.bestMillis() / setAlone(file), 0.6);
            atMost("load in a new JVM, ms", cold(file), 250);
            atMost("look-up of a miss, ns", figure.missNanos(), 60);
        }
    }

    private void atMost(String what, double value, double goal) {
        said.add(String.format(
                Locale.ROOT, "%s %.2f (goal %s: %s)", what, value, goal, value <= goal ? "met" : "missed"));
    }

    private static double setAlone(Path file) throws IOException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            Set<String> set = new HashSet<>(Files.readAllLines(file));
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
            if (set.size() != MILLION) {
                throw new IllegalStateException("has " + set.size() + " lines");
            }
        }
        return best;
    }

    /** Returns the mean length of the aliases of {@link Source#PKCS12_FILE}. */
    private static double labelBytes(int entries) {
        return IntStream.range(0, entries)
                .map(number -> ("client" + number).length())
                .average()
                .orElse(0);
    }

    private static double keyStoreAlone(Path file) throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(new ByteArrayInputStream(bytes), Source.PASSWORD.toCharArray());
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
    }

    private static double cold(Path file) throws IOException {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            Process process = new ProcessBuilder(
                            System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ColdLoad.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            best = Math.min(best, Double.parseDouble(answer.strip()));
        }
        return best;
    }
}
