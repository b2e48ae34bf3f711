/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The clients that call a translated configuration. Their properties are those that the policy language has, so that a test can write
 * the meaning of a policy in Java.
 */
@SuppressWarnings({"ImmutableEnumChecker", "TimeInStaticInitializer"}) // certificates made when the tests start
enum Client {
    /** Shows no certificate. */
    NONE,
    /** Self-signed, uploaded to the gateway. */
    ALICE(Issued.selfSigned("CN=alice")),
    /** Self-signed, uploaded to the gateway. */
    BOB(Issued.selfSigned("CN=bob")),
    /** Self-signed and unknown. */
    MALLORY(Issued.selfSigned("CN=mallory")),
    /** Issued by the authority, uploaded to the gateway. */
    CAROL(Issued.by(Issued.CA, "CN=carol, O=Example", 0x0A1B).dnsName("carol.example.org")),
    /** Issued by the authority, with a name that needs quotes. */
    DAVE(Issued.by(Issued.CA, "CN=dave, O=\"Dave, Inc.\", ST=Texas", 0x0A1C)),
    /** Issued by the authority and revoked. */
    REVOKED(Issued.by(Issued.CA, "CN=carol, O=Example", 0x0A1D)),
    /** Issued by the authority, and no longer valid. */
    EXPIRED(Issued.by(Issued.CA, "CN=carol, O=Example", 0x0A1E)
            .validFrom(Instant.now().minus(Duration.ofDays(9)))
            .validUntil(Instant.now().minus(Duration.ofDays(1)))),
    /** Issued by the authority, and not yet valid. */
    YOUNG(Issued.by(Issued.CA, "CN=carol, O=Example", 0x0A1F)
            .validFrom(Instant.now().plus(Duration.ofDays(1)))
            .validUntil(Instant.now().plus(Duration.ofDays(9)))),
    /** Issued by an impostor with the name of the authority, for the name of carol. */
    FORGED(Issued.by(Issued.IMPOSTOR, "CN=carol, O=Example", 0x0A1B).dnsName("carol.example.org")),
    /** Self-signed and no longer valid. */
    OLD(Issued.selfSigned("CN=old")
            .validFrom(Instant.now().minus(Duration.ofDays(9)))
            .validUntil(Instant.now().minus(Duration.ofDays(1))));

    /** The authorities, in a class of their own because an enum's constants come first. */
    static final class Issued {
        static final TestCertificate CA =
                TestCertificate.named("CN=Corp CA, O=Example").ca().build();
        static final TestCertificate IMPOSTOR =
                TestCertificate.named("CN=Corp CA, O=Example").ca().build();

        private Issued() {}

        private static TestCertificate.Builder selfSigned(String name) {
            return TestCertificate.named(name);
        }

        private static TestCertificate.Builder by(TestCertificate issuer, String name, int serial) {
            return TestCertificate.named(name).issuedBy(issuer).serial(BigInteger.valueOf(serial));
        }
    }

    private final TestCertificate certificate;

    Client() {
        this.certificate = null;
    }

    Client(TestCertificate.Builder certificate) {
        this.certificate = certificate.build();
    }

    TestCertificate certificate() {
        return certificate;
    }

    TestExchange request() {
        return new TestExchange(isPresent() ? certificate.chain() : List.of());
    }

    boolean isPresent() {
        return certificate != null;
    }

    boolean hasThumbprint(Client... others) {
        return List.of(others).contains(this);
    }

    boolean isUploaded() {
        return this == ALICE || this == BOB || this == CAROL || this == REVOKED || this == EXPIRED;
    }

    boolean isTrusted() {
        return isPresent() && certificate.chain().contains(Issued.CA.certificate());
    }

    boolean isRevoked() {
        return this == REVOKED;
    }

    boolean hasBegun() {
        return this != YOUNG;
    }

    boolean hasEnded() {
        return this == EXPIRED || this == OLD;
    }

    /** Returns the result of {@code VerifyNoRevocation()}. */
    boolean verifiesNoRevocation() {
        return isTrusted() && hasBegun() && !hasEnded();
    }

    /** Returns the result of {@code Verify()}. */
    boolean verifies() {
        return verifiesNoRevocation() && !isRevoked();
    }

    /** Returns whether the subject has this text in .NET's form. */
    boolean hasSubject(String name) {
        return switch (name) {
            case "CN=carol, O=Example" ->
                this == CAROL || this == REVOKED || this == EXPIRED || this == YOUNG || this == FORGED;
            case "CN=dave, O=\"Dave, Inc.\", S=Texas" -> this == DAVE;
            default -> throw new AssertionError(name);
        };
    }

    boolean hasIssuer() {
        return isTrusted() || this == FORGED;
    }

    boolean hasSerial(int serial) {
        return isPresent() && certificate.certificate().getSerialNumber().equals(BigInteger.valueOf(serial));
    }

    /** Replaces the thumbprints of clients in a text: {@code %ALICE%} in the gateway's form, {@code %alice%} as settings have it. */
    static String fill(String text) {
        String filled = text;
        for (Client client : values()) {
            if (client.isPresent()) {
                String sha1 = client.certificate.sha1();
                filled = filled.replace("%" + client + "%", sha1.toUpperCase(Locale.ROOT))
                        .replace("%" + client.name().toLowerCase(Locale.ROOT) + "%", sha1)
                        .replace(
                                "%" + client + ".colons%",
                                sha1.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:"))
                        .replace("%" + client + ".sha256%", client.certificate.sha256());
            }
        }
        return filled;
    }

    /** Writes the folders {@code clients} and {@code authorities} and the file {@code revoked.crl}. */
    static void writeFiles(Path folder) throws IOException {
        Path clients = Files.createDirectory(folder.resolve("clients"));
        for (Client client : values()) {
            if (client.isUploaded()) {
                client.certificate.writePem(clients.resolve(client.name().toLowerCase(Locale.ROOT) + ".pem"));
            }
        }
        Path authorities = Files.createDirectory(folder.resolve("authorities"));
        Issued.CA.writePem(authorities.resolve("issuer.pem"));
        Files.write(folder.resolve("revoked.crl"), crl());
    }

    private static byte[] crl() throws IOException {
        X509Certificate ca = Issued.CA.certificate();
        X509v2CRLBuilder builder = new X509v2CRLBuilder(
                X500Name.getInstance(ca.getSubjectX500Principal().getEncoded()),
                Date.from(Instant.now().minus(Duration.ofHours(1))));
        builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofHours(1))));
        builder.addCRLEntry(
                REVOKED.certificate.certificate().getSerialNumber(),
                Date.from(Instant.now().minus(Duration.ofHours(2))),
                CRLReason.keyCompromise);
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(Issued.CA.privateKey()))
                    .getEncoded();
        } catch (OperatorCreationException e) {
            throw new IOException(e);
        }
    }
}
