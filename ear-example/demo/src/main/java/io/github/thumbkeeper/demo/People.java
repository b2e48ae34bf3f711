/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Certificates that are made for one run and thrown away.
 *
 * @param server what the server shows
 * @param alice listed by thumbprint
 * @param expired listed, but out of date
 * @param bob in the store
 * @param carol put into the store later, and taken out again
 * @param mallory from the same authority as bob, but listed nowhere
 * @param stranger self-signed, and listed nowhere
 */
record People(
        TestCertificate server,
        TestCertificate alice,
        TestCertificate expired,
        TestCertificate bob,
        TestCertificate carol,
        TestCertificate mallory,
        TestCertificate stranger) {

    static People make() {
        TestCertificate authority =
                TestCertificate.named("CN=demo authority").ca().build();
        Instant anHourAgo = Instant.now().minus(Duration.ofHours(1));
        return new People(
                TestCertificate.named("CN=demo server")
                        .ipAddress("127.0.0.1")
                        .dnsName("localhost")
                        .build(),
                TestCertificate.named("CN=alice").build(),
                TestCertificate.named("CN=expired").validUntil(anHourAgo).build(),
                TestCertificate.named("CN=bob").issuedBy(authority).build(),
                TestCertificate.named("CN=carol").issuedBy(authority).build(),
                TestCertificate.named("CN=mallory").issuedBy(authority).build(),
                TestCertificate.named("CN=stranger").build());
    }

    /** Writes certificates and keys in PEM, for other clients than ours. */
    void write(Path folder) throws IOException {
        Map<String, TestCertificate> files = Map.of(
                "server", server,
                "alice", alice,
                "expired", expired,
                "bob", bob,
                "carol", carol,
                "mallory", mallory,
                "stranger", stranger);
        Files.createDirectories(folder);
        for (Map.Entry<String, TestCertificate> file : files.entrySet()) {
            file.getValue().writePem(folder.resolve(file.getKey() + ".pem"));
            Files.writeString(
                    folder.resolve(file.getKey() + "-key.pem"), file.getValue().privateKeyPem());
        }
    }
}
