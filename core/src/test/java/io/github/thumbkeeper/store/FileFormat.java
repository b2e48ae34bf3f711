/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.Map;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.jcajce.BCFKSLoadStoreParameter;

/** How certificates are written into one file. */
public enum FileFormat {
    LIST("clients.txt", false) {
        @Override
        public byte[] write(Map<String, TestCertificate> certificates, String password) {
            String lines = certificates.entrySet().stream()
                    .map(each -> each.getValue().sha256() + " label=" + each.getKey() + "\n")
                    .collect(Collectors.joining());
            return ("# clients\n" + lines).getBytes(StandardCharsets.US_ASCII);
        }
    },
    PEM("clients.pem", false) {
        @Override
        public byte[] write(Map<String, TestCertificate> certificates, String password) {
            return certificates.values().stream()
                    .map(TestCertificate::pem)
                    .collect(Collectors.joining())
                    .getBytes(StandardCharsets.US_ASCII);
        }
    },
    DER("clients.der", false) {
        @Override
        public byte[] write(Map<String, TestCertificate> certificates, String password) {
            return certificates.values().iterator().next().der();
        }
    },
    PKCS12("clients.p12", true),
    JKS("clients.jks", true),
    BCFKS("clients.bcfks", true) {
        /** The standard makes guessing a password slow, and with it each test. */
        @Override
        void store(KeyStore keyStore, OutputStream out, char[] password) throws Exception {
            PBKDF2Config fast = new PBKDF2Config.Builder()
                    .withIterationCount(1024)
                    .withPRF(PBKDF2Config.PRF_SHA512)
                    .build();
            keyStore.store(new BCFKSLoadStoreParameter.Builder(out, password)
                    .withStorePBKDFConfig(fast)
                    .build());
        }
    };

    private final String fileName;
    private final boolean keyStore;

    FileFormat(String fileName, boolean keyStore) {
        this.fileName = fileName;
        this.keyStore = keyStore;
    }

    public String fileName() {
        return fileName;
    }

    public boolean isKeyStore() {
        return keyStore;
    }

    /** Returns the label of what is listed under this name. */
    public String label(String name) {
        return this == PEM || this == DER ? "clients" : name;
    }

    public byte[] write(Map<String, TestCertificate> certificates, String password) throws Exception {
        KeyStore store = KeyStore.getInstance(name());
        store.load(null, null);
        for (Map.Entry<String, TestCertificate> each : certificates.entrySet()) {
            store.setCertificateEntry(each.getKey(), each.getValue().certificate());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        store(store, bytes, password.toCharArray());
        return bytes.toByteArray();
    }

    void store(KeyStore keyStore, OutputStream out, char[] password) throws Exception {
        keyStore.store(out, password);
    }
}
