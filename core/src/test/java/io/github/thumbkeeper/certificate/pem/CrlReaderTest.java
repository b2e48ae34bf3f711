/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrlReaderTest {

    private static final byte[] DER =
            MalformedList.SOUND.of(TestCertificate.named("CN=ca").ca().build(), BigInteger.TEN);
    private static final String PEM = block("X509 CRL", DER);

    @Test
    @DisplayName("CRLs are read from DER and from every variant of PEM, also with a byte order mark")
    void readsEveryVariant() throws Exception {
        assertReads(DER);
        assertReads(ascii(PEM));
        assertReads(ascii(PEM.replace("\n", "\r\n")));
        assertReads(ascii("before\n" + PEM + "after\n"));
        assertReads(("\uFEFF" + PEM).getBytes(StandardCharsets.UTF_8));
        assertThat(CrlReader.readAll(ascii(PEM + PEM))).hasSize(2);
    }

    @ParameterizedTest(name = "{0} is refused, and the message names it")
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void refusesUtf16(String charset) {
        assertRefused(PEM.getBytes(Charset.forName(charset)), "is text in UTF-16; save it as UTF-8");
    }

    @Test
    void refusesEverythingElse() {
        assertRefused(new byte[0], "is empty (0 bytes)");
        assertRefused(ascii("hello"), "has no CRL; expected PEM (BEGIN X509 CRL) or DER");
        assertRefused(
                ascii(block("CERTIFICATE", DER)),
                "line 1 begins a block of type [CERTIFICATE], an X.509 certificate; name it in store, deny or trustStore;"
                        + " expected BEGIN X509 CRL");
        assertRefused(Arrays.copyOf(DER, DER.length + 1), "is not one CRL in DER");
        assertRefused(
                Arrays.copyOf(DER, DER.length - 1),
                "is cut off: it has " + (DER.length - 1) + " of " + DER.length + " bytes");
    }

    private static void assertReads(byte[] bytes) throws Exception {
        assertThat(CrlReader.readAll(bytes))
                .singleElement()
                .satisfies(crl -> assertThat(crl.getEncoded()).isEqualTo(DER));
    }

    private static void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> CrlReader.readAll(bytes))
                .isInstanceOf(CertificateFormatException.class)
                .hasMessageContaining(why);
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
