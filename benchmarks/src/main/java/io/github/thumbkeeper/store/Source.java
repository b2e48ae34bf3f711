/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.benchmarks.RandomDigests;
import io.github.thumbkeeper.benchmarks.Variants;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;

/** A kind of store to be measured. */
enum Source {
    LIST("list of thumbprints", 1_000_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException {
            Path file = directory.resolve("clients.txt");
            new RandomDigests(1).write(file, Variants.sha256(VARIANTS.der(0)), entries);
            return file(file);
        }
    },
    LABELLED_LIST("list with labels", 1_000_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException {
            Path file = directory.resolve("clients.txt");
            Path plain = directory.resolve("plain");
            new RandomDigests(1).write(plain, Variants.sha256(VARIANTS.der(0)), entries);
            List<String> lines = Files.readAllLines(plain);
            for (int i = 0; i < entries; i++) {
                lines.set(i, lines.get(i) + " label=client" + i);
            }
            Files.write(file, lines);
            return file(file);
        }
    },
    PEM_FILE("PEM file", 100_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException {
            Path file = directory.resolve("clients.pem");
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < entries; i++) {
                    out.write(pem(i));
                }
            }
            return file(file);
        }
    },
    PEM_DIRECTORY("PEM directory", 100_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException {
            for (int i = 0; i < entries; i++) {
                Files.write(directory.resolve("client" + i + ".pem"), pem(i));
            }
            return new DirectoryStore(directory.toString(), directory, InstantSource.system());
        }
    },
    PKCS12_FILE("PKCS12 file", 100_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException, GeneralSecurityException {
            Path file = directory.resolve("clients.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                keyStore(entries).store(out, PASSWORD.toCharArray());
            }
            return file(file);
        }
    },
    JNDI_KEY_STORE("key store in JNDI", 100_000) {
        @Override
        CertificateStore make(Path directory, int entries) throws IOException, GeneralSecurityException {
            KeyStore keyStore = keyStore(entries);
            LocationOpener opener = text -> {
                throw new StoreException(text, "is not measured", null);
            };
            return new JndiStore(
                    "java:clients", "java:clients", name -> keyStore, opener, OPTIONS, InstantSource.system());
        }
    };

    static final String PASSWORD = "changeit";
    static final StoreOptions OPTIONS = new StoreOptions(StorePassword.of("storePassword", PASSWORD), false);

    private static final Variants VARIANTS = new Variants();

    final String title;
    final int most;

    Source(String title, int most) {
        this.title = title;
        this.most = most;
    }

    /**
     * Makes a store with that many entries.
     *
     * @param directory an empty directory for its files
     */
    abstract CertificateStore make(Path directory, int entries) throws IOException, GeneralSecurityException;

    /** Returns the digest of an entry that every store has. */
    static byte[] listed() {
        return Variants.sha256(VARIANTS.der(0));
    }

    private static CertificateStore file(Path file) {
        return new FileStore(file.toString(), file, OPTIONS, InstantSource.system());
    }

    private static KeyStore keyStore(int entries) throws IOException, GeneralSecurityException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        for (int i = 0; i < entries; i++) {
            keyStore.setCertificateEntry("client" + i, VARIANTS.certificate(i));
        }
        return keyStore;
    }

    private static byte[] pem(int number) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(VARIANTS.der(number));
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
