/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateReaderTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String PEM = ALICE.pem();

    @Test
    @DisplayName("bytes after the certificate are refused (threats 1.9, row 120)")
    void refusesTrailingBytes() {
        byte[] der = Arrays.copyOf(ALICE.der(), ALICE.der().length + 2);

        assertRefused(der, "2 bytes after the certificate");
        assertRefused(block("CERTIFICATE", der), "2 bytes after the certificate");
    }

    @Test
    void refusesTwoCertificatesInOneBlock() {
        byte[] both = Arrays.copyOf(ALICE.der(), ALICE.der().length + BOB.der().length);
        System.arraycopy(BOB.der(), 0, both, ALICE.der().length, BOB.der().length);

        assertRefused(both, "after the certificate");
    }

    @Test
    @DisplayName("a certificate cut off anywhere is refused (row 32)")
    void refusesTruncationAtEveryByte() {
        byte[] pem = ascii(PEM.stripTrailing());
        for (int i = 0; i < pem.length; i++) {
            assertRefused(Arrays.copyOf(pem, i), "");
        }
        for (int i = 0; i < ALICE.der().length; i++) {
            assertRefused(Arrays.copyOf(ALICE.der(), i), "");
        }
    }

    @Test
    void refusesBerForm() {
        byte[] der = ALICE.der();
        byte[] longLength = new byte[der.length + 1];
        longLength[0] = 0x30;
        longLength[1] = (byte) 0x83;
        System.arraycopy(der, 2, longLength, 3, der.length - 2);

        assertRefused(longLength, "DER");
    }

    @Test
    @DisplayName("OpenSSL's TRUSTED CERTIFICATE is refused with a remedy (row 50)")
    void refusesTrustedCertificate() {
        assertRefused(relabelled("TRUSTED CERTIFICATE"), "[TRUSTED CERTIFICATE]; OpenSSL's own form");
    }

    @ParameterizedTest(name = "{0} is refused by name (row 61)")
    @ValueSource(
            strings = {"X509 CRL", "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST", "PUBLIC KEY", "X.509 CERTIFICATE"})
    void refusesOtherBlocks(String label) {
        assertRefused(relabelled(label), "begins a block of type [" + label + "]");
        assertRefused(ascii(PEM), relabelled(label), "begins a block of type [" + label + "]");
    }

    @ParameterizedTest(name = "a certificate in a block with the label {0} is refused")
    @ValueSource(strings = {"PKCS7", "CMS"})
    void refusesCertificateLabelledAsABundle(String label) {
        assertRefused(relabelled(label), "the block of line 1 is labelled [" + label + "] and is not a PKCS #7 bundle");
    }

    @Test
    @DisplayName("an END of another type is refused (row 52)")
    void refusesOtherEnd() {
        assertRefused(
                PEM.replace("END CERTIFICATE", "END X509 CERTIFICATE"),
                "ends a block [X509 CERTIFICATE], but the open block is [CERTIFICATE]");
    }

    @Test
    @DisplayName("a block without END is refused (row 53)")
    void refusesMissingEnd() {
        String open = PEM.substring(0, PEM.indexOf("-----END"));

        assertRefused(open, "the block of line 1 has no END line");
        assertRefused(open + BOB.pem(), "the block of line 1 has not ended");
        assertRefused(PEM + "-----END CERTIFICATE-----\n", "has END without BEGIN");
    }

    @Test
    @DisplayName("text that is not base64 is refused (row 54)")
    void refusesBadBase64() {
        String line = PEM.lines().skip(2).findFirst().orElseThrow();

        assertRefused(PEM.replace(line, "*" + line.substring(1)), "line 3 is not base64");
        assertRefused(PEM.replace(line, line.substring(0, 60) + "AA=="), "not base64");
        assertRefused(PEM.replace(line, line.substring(1)), "not a multiple of 4");
        assertRefused(PEM.replace(line, "Proc-Type: 4,ENCRYPTED"), "line 3 is not base64");
    }

    @Test
    @DisplayName("spare bits in the last base64 character are refused: one certificate has one spelling")
    void refusesSpareBits() {
        TestCertificate padded = Stream.iterate(0, i -> i + 1)
                .map(i -> TestCertificate.named("CN=" + "x".repeat(i + 1)).build())
                .filter(each -> each.pem().contains("A==\n") || each.pem().contains("Q==\n"))
                .findFirst()
                .orElseThrow();
        String pem = padded.pem().replace("A==\n", "B==\n").replace("Q==\n", "R==\n");

        assertRefused(pem, "does not end as an encoder writes it");
    }

    @Test
    void refusesMarkersThatShareALine() {
        assertRefused(PEM.replace("\n", ""), "need lines of their own");
        assertRefused(PEM.replace('\n', ' '), "need lines of their own");
        assertRefused("x" + PEM, "other text before BEGIN");
        assertRefused(PEM.replace("CERTIFICATE-----\nM", "CERTIFICATE----\nM"), "without its five dashes");
    }

    @ParameterizedTest(name = "{0} is refused, the message names it (row 57)")
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void refusesUtf16(String charset) {
        assertRefused(PEM.getBytes(Charset.forName(charset)), "is text in UTF-16");
    }

    @Test
    void refusesInputWithoutCertificate() {
        assertRefused("", "is empty (0 bytes)");
        assertRefused("hello", "holds no certificate; expected PEM (BEGIN CERTIFICATE) or DER");
        assertRefused(ALICE.privateKeyPem(), "holds no certificate, only a private key");
        assertRefused(new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 2}, "");
    }

    @Test
    void readOneRefusesTwo() {
        assertThatThrownBy(() -> CertificateReader.readOne(ascii(PEM + BOB.pem())))
                .isInstanceOf(CertificateFormatException.class)
                .hasMessage("has 2 certificates; expected exactly one");
    }

    @Test
    void messagesShowNoContent() {
        String base64 = PEM.lines().skip(1).findFirst().orElseThrow();

        assertThatThrownBy(() -> CertificateReader.readAll(ascii(PEM.replace(base64, base64 + "*"))))
                .message()
                .doesNotContain(base64.substring(0, 8));
    }

    @Test
    @DisplayName("the content decides between DER and PEM, every variant of PEM is read (rows 47-49, 56)")
    void readsEveryVariant() throws Exception {
        assertReads(ALICE.der());
        assertReads(ascii(PEM));
        assertReads(ascii(PEM.stripTrailing()));
        assertReads(("\uFEFF" + PEM).getBytes(StandardCharsets.UTF_8));
        assertReads(ascii(PEM.replace("\n", "\r\n")));
        assertReads(ascii(PEM.replace('\n', '\r')));
        assertReads(ascii("0 subject=CN=alice\n\n" + PEM + "\nafter\n"));
        assertReads(ascii(PEM.replace("\n", " \n\n\t")));
        assertReads(relabelled("X509 CERTIFICATE"));
    }

    @Test
    @DisplayName("all certificates of a file are read, in its order (row 55)")
    void readsSeveral() throws Exception {
        assertThat(CertificateReader.readAll(ascii(PEM + "between\n" + BOB.pem()))
                        .certificates())
                .containsExactly(ALICE.certificate(), BOB.certificate());
    }

    @Test
    @DisplayName("a private key is skipped with a warning (row 51)")
    void skipsPrivateKeys() throws Exception {
        String broken = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nProc-Type: *\n-----END ENCRYPTED PRIVATE KEY-----\n";
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        Certificates read = CertificateReader.readAll(ascii(parameters + broken + PEM));

        assertThat(read.certificates()).containsExactly(ALICE.certificate());
        assertThat(read.warnings()).singleElement().asString().startsWith("line 4 begins a private key");
    }

    @Test
    void recognisesCertificatesOnly() {
        assertThat(List.of(ALICE.der(), ascii("x\n" + PEM), ascii("-----END X"), PEM.getBytes(StandardCharsets.UTF_16)))
                .allMatch(CertificateReader::recognises);
        assertThat(List.of(ascii("00:11"), ascii("0"), ascii(""), ascii("-----BEG"), ascii("--BEGIN X--")))
                .noneMatch(CertificateReader::recognises);
    }

    private static void assertReads(byte[] bytes) throws Exception {
        X509Certificate read = CertificateReader.readOne(bytes);
        assertThat(read).isEqualTo(ALICE.certificate());
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> CertificateReader.readAll(bytes))
                .isInstanceOf(CertificateFormatException.class)
                .hasMessageContaining(why);
    }

    private static void assertRefused(String text, String why) {
        assertRefused(ascii(text), why);
    }

    private static void assertRefused(byte[] first, byte[] second, String why) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        assertRefused(all, why);
    }

    private static byte[] relabelled(String label) {
        return block(label, ALICE.der());
    }

    private static byte[] block(String label, byte[] der) {
        return ascii("-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
