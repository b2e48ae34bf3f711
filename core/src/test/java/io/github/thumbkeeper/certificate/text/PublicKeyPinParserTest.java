/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PublicKeyPinParserTest {

    private static final String PIN = "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";

    @Test
    void everySpellingGivesTheSamePin() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] digest = new byte[32];
            random.nextBytes(digest);
            // The first digests begin with a slash, which must not be taken for curl's second one.
            digest[0] = round < 20 ? (byte) 0xFF : digest[0];
            String base64 = Base64.getEncoder().encodeToString(digest);
            for (String spelling : spellings(base64)) {
                assertThat(accepted(spelling)).as(spelling).containsExactly(PublicKeyPin.ofDigest(digest));
                assertThat(PublicKeyPinParser.parse(spelling).digests()).containsExactly(PublicKeyPin.ofDigest(digest));
            }
        }
    }

    private static List<String> spellings(String base64) {
        return List.of(
                "sha256/" + base64, "sha256//" + base64, "pin-sha256=\"" + base64 + "\"", "pin-sha256:" + base64);
    }

    @Test
    void oneChangedCharacterNeverGivesTheSamePin() {
        for (String spelling : spellings(PIN)) {
            for (int i = 0; i < spelling.length(); i++) {
                for (char c : "AZaz09+/=-_\"'".toCharArray()) {
                    String changed = spelling.substring(0, i) + c + spelling.substring(i + 1);
                    if (c != spelling.charAt(i)) {
                        assertThat(PublicKeyPinParser.parseList(changed).digests())
                                .as(changed)
                                .doesNotContainAnyElementsOf(accepted("sha256/" + PIN));
                    }
                }
            }
        }
    }

    @Test
    void readsThePinOfCertificate() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();

        assertThat(accepted("sha256/" + alice.pin())).containsExactly(PublicKeyPin.of(alice.certificate()));
    }

    @Test
    void splitsAtCommasSemicolonsLineBreaksAndBlanks() {
        String other = "sha256/" + PIN.replace("ungW", "aaaa");
        for (String separator : List.of(",", ";", " ", "\n", "\r\n", ", ", ";\n", "\t")) {
            assertThat(accepted("pin-sha256=\"" + PIN + "\"" + separator + other + separator))
                    .hasSize(2);
        }
        assertThat(refused("sha256/" + PIN + ",," + other)).contains("an empty member", "index 52");
        assertThat(refused("")).contains("[] is empty", "expected sha256/");
    }

    @Test
    void warnsOfDuplicate() {
        ParsedDigests<PublicKeyPin> parsed = PublicKeyPinParser.parseList("sha256/" + PIN + " pin-sha256:" + PIN);

        assertThat(parsed.digests()).hasSize(1);
        assertThat(parsed.warnings()).containsExactly("[sha256/" + PIN + "] at index 52 is listed before");
    }

    @Test
    void refusesEverythingElse() {
        assertThat(refused(PIN)).contains("does not begin like a pin (index 0)", "expected sha256/");
        assertThat(refused("SHA256/" + PIN)).contains("does not begin like a pin");
        assertThat(refused("sha1/" + PIN)).contains("does not begin like a pin");
        assertThat(refused("\"sha256/" + PIN + "\"")).contains("does not begin like a pin");
        assertThat(refused("pin-sha256=" + PIN)).contains("does not begin like a pin");
        assertThat(refused("pin-sha256=\"")).contains("does not begin like a pin");
        assertThat(refused("pin-sha256=\"" + PIN)).contains("does not begin like a pin");
        assertThat(refused("pin-sha256='" + PIN + "'")).contains("does not begin like a pin");
        assertThat(refused("pin-sha256=\"\"")).contains("has 0 characters of base64 instead of 44");
        assertThat(refused("sha256/" + PIN.substring(0, 43))).contains("has 43 characters of base64 instead of 44");
        assertThat(refused("sha256///" + PIN)).contains("has 45 characters");
        assertThat(refused("sha256/" + PIN.replace('+', '-'))).contains("[-] (U+002D) at index 16", "base64 alphabet");
        assertThat(refused("sha256/\u200E" + PIN)).contains("U+200E at index 7");
        assertThat(refused("sha256/" + PIN.replace("0=", "1="))).contains("does not end like", "index 50");
        assertThat(refused("sha256/" + PIN.replace("0=", "=="))).contains("does not end like");
        assertThat(refused("sha256/" + PIN.replace("0=", "0A"))).contains("does not end like");
        assertThat(refused("sha256/" + PIN.replace("z+p", "z=p"))).contains("does not end like");
        assertThat(refused("sha256/" + "A".repeat(43) + "=")).contains("all zeros");
        assertThat(refused("${pins}")).contains("[${pins}] does not begin like a pin");
    }

    @Test
    void explainsThatAThumbprintIsNotAPin() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        String blanks = alice.sha1().replaceAll("..(?!$)", "$0 ");

        for (String thumbprint :
                List.of(alice.sha256(), "sha256:" + alice.sha256(), "SHA1 Fingerprint=" + alice.sha1(), blanks)) {
            assertThat(PublicKeyPinParser.parseList(thumbprint).problems())
                    .singleElement()
                    .asString()
                    .contains("is the thumbprint of a certificate, not a public key pin");
        }
    }

    @Test
    void neverRepeatsAPastedKey() {
        TestCertificate alice = TestCertificate.named("CN=alice").build();

        assertThat(refused(alice.privateKeyPem())).contains("not shown here");
        assertThat(refused(Base64.getEncoder().encodeToString(alice.privateKey().getEncoded())))
                .contains("not shown here");
    }

    @Test
    void reportsAllProblemsAndThenListsNothing() {
        ParsedDigests<PublicKeyPin> parsed = PublicKeyPinParser.parseList("x,sha256/" + PIN + ",y z");

        assertThat(parsed.digests()).isEmpty();
        assertThat(parsed.problems()).hasSize(3);
    }

    @Test
    void refusesAListWhereOnePinIsExpected() {
        assertThat(PublicKeyPinParser.parse("sha256/" + PIN + " sha256/" + PIN, TextOrigin.SETTING)
                        .problems())
                .singleElement()
                .asString()
                .contains("U+0020 at index 51");
    }

    private static List<PublicKeyPin> accepted(String text) {
        ParsedDigests<PublicKeyPin> parsed = PublicKeyPinParser.parseList(text);
        assertThat(parsed.problems()).as(text).isEmpty();
        return parsed.digests();
    }

    private static String refused(String text) {
        ParsedDigests<PublicKeyPin> parsed = PublicKeyPinParser.parseList(text);
        assertThat(parsed.digests()).isEmpty();
        assertThat(parsed.problems()).as(text).isNotEmpty();
        return parsed.problems().get(0);
    }
}
