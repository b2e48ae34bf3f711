/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UploadReaderTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    static Stream<Arguments> unusable() {
        return Stream.of(
                Arguments.of("empty", bytes(""), "empty"),
                Arguments.of("a word", bytes("hello"), "text"),
                Arguments.of("private key", bytes(ALICE.privateKeyPem()), "privateKey"),
                Arguments.of("private key in DER", ALICE.privateKey().getEncoded(), "privateKey"),
                Arguments.of("certificate and key", bytes(ALICE.pem() + ALICE.privateKeyPem()), "privateKey"),
                Arguments.of(
                        "key in lower case",
                        bytes(ALICE.pem() + ALICE.privateKeyPem().toLowerCase(java.util.Locale.ROOT)),
                        "privateKey"),
                Arguments.of(
                        "encrypted key",
                        bytes(ALICE.pem()
                                + "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"),
                        "privateKey"),
                Arguments.of(
                        "certificate request",
                        bytes("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"),
                        "format"),
                Arguments.of("archive", new byte[] {'P', 'K', 3, 4, 0, 0}, "format"),
                Arguments.of("half a certificate", bytes(ALICE.pem().substring(0, 200)), "format"),
                Arguments.of("half a thumbprint", bytes("sha256:00112233"), "text"),
                Arguments.of(
                        "201 certificates",
                        bytes(IntStream.range(0, 201).mapToObj(i -> ALICE.pem()).collect(Collectors.joining())),
                        "tooMany"),
                Arguments.of(
                        "201 thumbprints",
                        bytes(IntStream.range(0, 201)
                                .mapToObj(i -> String.format("%08x%056x%n", i * 0x1234567, 0xABCDEFL * (i + 7)))
                                .collect(Collectors.joining())),
                        "tooMany"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void refuses(String name, byte[] content, String key) {
        assertThatThrownBy(() -> UploadReader.read(content, "")).isInstanceOfSatisfying(BadUploadException.class, e -> {
            assertThat(e.key()).isEqualTo(key);
            assertThat(e.detail()).doesNotContain(ALICE.privateKeyPem().substring(40, 60));
        });
    }

    static Stream<Arguments> usable() throws Exception {
        byte[] bundle = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(ALICE.certificate()))
                .getEncoded("PKCS7");
        String pem = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bundle);
        return Stream.of(
                Arguments.of("PEM", bytes(ALICE.pem())),
                Arguments.of(
                        "PEM with CRLF and text",
                        bytes("Bag Attributes\r\n" + ALICE.pem().replace("\n", "\r\n"))),
                Arguments.of("twice the same", bytes(ALICE.pem() + ALICE.pem())),
                Arguments.of("DER", ALICE.der()),
                Arguments.of("PKCS #7 in DER", bundle),
                Arguments.of("PKCS #7 in PEM", bytes("-----BEGIN PKCS7-----\n" + pem + "\n-----END PKCS7-----\n")),
                Arguments.of("PKCS #12", pkcs12(ALICE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("usable")
    void readsOneCertificate(String name, byte[] content) throws Exception {
        List<UploadItem> items = UploadReader.read(content, "changeit").items();

        assertThat(items)
                .singleElement()
                .isInstanceOfSatisfying(
                        UploadItem.OfCertificate.class,
                        of -> assertThat(of.view().sha256()).isEqualTo("sha256:" + ALICE.sha256()));
    }

    @Test
    void takesOfAPkcs12FileTheCertificateAndNotTheKey() throws Exception {
        assertThat(UploadReader.read(pkcs12(ALICE), "changeit").droppedKeys()).isEqualTo(1);
        assertThatThrownBy(() -> UploadReader.read(pkcs12(ALICE), "wrong"))
                .isInstanceOfSatisfying(
                        BadUploadException.class, e -> assertThat(e.key()).isEqualTo("password"));
        assertThatThrownBy(() -> UploadReader.read(pkcs12(ALICE), ""))
                .isInstanceOfSatisfying(
                        BadUploadException.class, e -> assertThat(e.key()).isEqualTo("passwordMissing"));
    }

    @Test
    void refusesAPkcs12FileWithMillionsOfIterationsBeforeItIsOpened() throws Exception {
        byte[] file = pkcs12(ALICE);
        byte[] usual = new byte[] {2, 2, 0x27, 0x10};
        int at = -1;
        for (int i = 0; i + 4 <= file.length; i++) {
            if (java.util.Arrays.equals(java.util.Arrays.copyOfRange(file, i, i + 4), usual)) {
                at = i;
            }
        }
        assertThat(at).as("the JDK writes 10 000 iterations").isPositive();
        assertThat(Iterations.sum(file)).isBetween(20_000L, 31_000L);
        byte[] costly = new byte[] {0x30, 6, 2, 4, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
        assertThat(Iterations.sum(costly)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Iterations.sum(new byte[] {4, 8, 0x30, 6, 2, 4, 0x7F, 0, 0, 0}))
                .isEqualTo(0x7F000000);
        byte[] deep = new byte[200];
        for (int i = 0; i < 198; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertThat(Iterations.sum(deep)).isEqualTo(Long.MAX_VALUE);
    }

    static Stream<Arguments> costly() {
        return Stream.of(
                Arguments.of("count", "02047fffffff"),
                Arguments.of("count with zeros before it", "020a0000000000007fffffff"),
                Arguments.of("count longer than a long", "0209010000000000000000"),
                Arguments.of("sum of counts", "0203080000".repeat(4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("costly")
    void refusesAPkcs12FileThatIsCostlyToOpen(String name, String counts) {
        byte[] salted = HexFormat.of().parseHex("0400" + counts);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        // PFX with version 3 and data (RFC 7292 section 4), and then the counts.
        byte[] head = HexFormat.of().parseHex("020103300b06092a864886f70d010701");
        file.write(0x30);
        file.write(head.length + 2 + salted.length);
        file.writeBytes(head);
        file.write(0x30);
        file.write(salted.length);
        file.writeBytes(salted);

        assertThatThrownBy(() -> UploadReader.read(file.toByteArray(), "x"))
                .isInstanceOfSatisfying(
                        BadUploadException.class, e -> assertThat(e.key()).isEqualTo("iterations"));
    }

    static Stream<Arguments> remarkable() {
        Instant now = Instant.now();
        return Stream.of(
                Arguments.of("expired", TestCertificate.named("CN=x").validUntil(now.minusSeconds(60))),
                Arguments.of("endsSoon", TestCertificate.named("CN=x").validUntil(now.plusSeconds(86_400))),
                Arguments.of(
                        "notYetValid",
                        TestCertificate.named("CN=x")
                                .validFrom(now.plusSeconds(86_400))
                                .validUntil(now.plusSeconds(860_400_000))),
                Arguments.of("authority", TestCertificate.named("CN=x").ca()),
                Arguments.of("smallKey", TestCertificate.named("CN=x").rsa(1024)),
                Arguments.of(
                        "brokenSignature",
                        TestCertificate.named("CN=x").rsa(2048).signedWith("SHA1withRSA")),
                Arguments.of("notForClients", TestCertificate.named("CN=x").extendedKeyUsage("1.3.6.1.5.5.7.3.1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("remarkable")
    void remarks(String key, TestCertificate.Builder certificate) {
        CertificateView view = CertificateView.of(certificate.build().certificate());

        assertThat(view.remarks(Instant.now())).extracting(Remark::key).contains(key);
    }

    @Test
    void remarksNothingOnAnOrdinaryCertificate() {
        TestCertificate plain = TestCertificate.named("CN=x")
                .validUntil(Instant.now().plusSeconds(10_000_000))
                .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
                .build();

        assertThat(CertificateView.of(plain.certificate()).remarks(Instant.now()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("digests")
    void readsAThumbprintOrPinAlone(String text, String expected) throws Exception {
        assertThat(UploadReader.read(bytes(text), "").items())
                .singleElement()
                .isInstanceOfSatisfying(
                        UploadItem.OfDigest.class,
                        of -> assertThat(of.digest().toString()).isEqualTo(expected));
    }

    static Stream<Arguments> digests() {
        String hex = ALICE.sha256();
        return Stream.of(
                Arguments.of(hex, "sha256:" + hex),
                Arguments.of(
                        "SHA256 Fingerprint="
                                + hex.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:"),
                        "sha256:" + hex),
                Arguments.of("sha1:" + ALICE.sha1(), "sha1:" + ALICE.sha1()),
                Arguments.of("sha256/" + ALICE.pin(), "sha256/" + ALICE.pin()));
    }

    private static byte[] pkcs12(TestCertificate certificate) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        certificate.keyStore("changeit").store(out, "changeit".toCharArray());
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
