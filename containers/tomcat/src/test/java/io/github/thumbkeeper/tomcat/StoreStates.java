/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A key store file in all the states that mistakes and accidents can cause. */
final class StoreStates {

    static final String PASSWORD = "changeit";

    private final Path file;
    private final Path aside;
    private final byte[] one;
    private final byte[] both;
    private final byte[] bothAsPkcs12;
    private final byte[] locked;
    private final byte[] garbage = new byte[900];

    /** The state of the file. */
    enum State {
        LISTS_ONE,
        TRUNCATED,
        MISSING,
        LISTS_BOTH,
        WRONG_PASSWORD,
        GARBAGE;

        boolean isGood() {
            return this == LISTS_ONE || this == LISTS_BOTH;
        }
    }

    /** Prepares the states of a file that always lists the first certificate, and sometimes the second. */
    StoreStates(Path folder, TestCertificate always, TestCertificate atTimes) throws IOException {
        file = folder.resolve("clients.store");
        aside = folder.resolve("aside");
        one = keyStore("JKS", PASSWORD, always);
        both = keyStore("JKS", PASSWORD, always, atTimes);
        bothAsPkcs12 = keyStore("PKCS12", PASSWORD, always, atTimes);
        locked = keyStore("JKS", "something else", always, atTimes);
        // Not the beginning of any kind of store, and not text.
        new Random(1).nextBytes(garbage);
        garbage[0] = 0;
    }

    Path file() {
        return file;
    }

    /** Replaces the file atomically, by renaming another one. */
    void rename(State state, int round) throws IOException {
        byte[] content = content(state, round);
        if (content.length == 0) {
            Files.deleteIfExists(file);
            return;
        }
        Files.write(aside, content);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Overwrites the file piece by piece as a copying program does, and calls the observer after each piece. */
    void overwrite(State state, int round, Runnable look) throws IOException {
        byte[] content = content(state, round);
        if (content.length == 0) {
            Files.deleteIfExists(file);
            return;
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            look.run();
            out.write(content, 0, content.length / 2);
            out.flush();
            look.run();
            out.write(content, content.length / 2, content.length - content.length / 2);
        }
    }

    private byte[] content(State state, int round) {
        return switch (state) {
            case LISTS_ONE -> one;
            case LISTS_BOTH -> round % 4 == 0 ? bothAsPkcs12 : both;
            case TRUNCATED -> Arrays.copyOf(both, both.length - 1 - round % (both.length / 2));
            case MISSING -> new byte[0];
            case WRONG_PASSWORD -> locked;
            case GARBAGE -> garbage;
        };
    }

    private byte[] keyStore(String type, String password, TestCertificate... certificates) throws IOException {
        Map<String, X509Certificate> entries = new HashMap<>();
        for (TestCertificate certificate : List.of(certificates)) {
            entries.put("client" + entries.size(), certificate.certificate());
        }
        TestKeyStores.writeTrusted(aside, type, password, entries);
        return Files.readAllBytes(aside);
    }
}
