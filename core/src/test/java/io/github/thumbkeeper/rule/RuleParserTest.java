/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the syntax of rules, and the messages about malformed rules. */
class RuleParserTest {

    private static final RuleContext TRUSTING = new RuleContext(true, false, true);
    private static final RuleContext STRICT = new RuleContext(false, false, true);
    private static final String SHA256 = "ab".repeat(32);

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void refusesFaults(String rule, String told) {
        ParsedRules parsed = RuleParser.parse("common-name=fine; " + rule, TRUSTING);

        assertThat(parsed.problems()).as("%s", parsed).hasSize(1);
        assertThat(parsed.problems().get(0)).startsWith("rule 2").contains(told);
        assertThat(parsed.rules()).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("commonname=alice", "[commonname] is unknown; expected one of thumbprint, serial-number"),
                Arguments.of("Common-Name=alice", "[Common-Name] is unknown"),
                Arguments.of("alice", "[alice] has no value; expected"),
                Arguments.of("common-name =alice", "[common-name] has no value; expected"),
                Arguments.of("common-name= alice", "[common-name] has an empty value"),
                Arguments.of("common-name=", "[common-name] has an empty value"),
                Arguments.of("common-name=\"\"", "[common-name] has an empty value"),
                Arguments.of("common-name=\" \"", "[common-name] has an empty value"),
                Arguments.of("common-name=\" alice\"", "without blanks around it"),
                Arguments.of("common-name=\"alice\u00A0\u2003\"", "without blanks around it"),
                Arguments.of("common-name=\"alice", "a quote that does not end"),
                Arguments.of("common-name='alice\"", "a quote that does not end"),
                Arguments.of("common-name=\"alice\"label=x", "continues after its closing quote"),
                Arguments.of("common-name=a,b", "[common-name] has a comma or a quote in a value without quotes"),
                Arguments.of("common-name=a\"b\"", "a comma or a quote in a value without quotes"),
                Arguments.of("common-name=a common-name=b", "[common-name] twice"),
                Arguments.of("common-name=${name}", "without a placeholder"),
                Arguments.of("common-name=a\u202Eb", "invisible character U+202E at index 1"),
                Arguments.of("common-name=\u200Ealice", "invisible character U+200E at index 0"),
                Arguments.of("common-name=\"a\u0000b\"", "invisible character U+0000"),
                Arguments.of("common-name=" + "x".repeat(1025), "has 1025 characters; expected at most 1024"),
                Arguments.of("thumbprint=abc", "thumbprint: "),
                Arguments.of("thumbprint=" + "0".repeat(32), "MD5 is not accepted"),
                Arguments.of("thumbprint=\"" + SHA256 + ", " + SHA256 + "\"", "thumbprint: "),
                Arguments.of("public-key=" + SHA256, "not a public key pin"),
                Arguments.of("issuer-thumbprint=xyz", "issuer-thumbprint: "),
                Arguments.of("subject=alice", "[alice] is not an attribute of a distinguished name"),
                Arguments.of("subject=/CN=alice", "slashes are an old form of OpenSSL"),
                Arguments.of("subject=\"CN=\"", "[CN] has a value that is empty"),
                Arguments.of("subject=\"CN=alice,FOO=x\"", "[FOO] is not a known keyword"),
                Arguments.of("subject=\"CN=a\\00b\"", "[CN] has a value that is empty"),
                Arguments.of("issuer-subject=\"CN=a,,O=b\"", "[CN=a,,O=b] is not a distinguished name"),
                Arguments.of("dns-name=*.example.com", "without wildcard"),
                Arguments.of("dns-name=api.example.com.", "without a dot at the end"),
                Arguments.of("dns-name=.example.com", "is not a DNS name"),
                Arguments.of("dns-name=a..b", "is not a DNS name"),
                Arguments.of("dns-name=b\u00FCcher.example", "xn--"),
                Arguments.of("dns-name=a/b", "is not a DNS name"),
                Arguments.of("uri=example.org", "is not a URI"),
                Arguments.of("uri=spiffe://Example.org/x", "is not a URI"),
                Arguments.of("uri=spiffe://example.org/", "is not a URI"),
                Arguments.of("uri=\"spiffe://example.org/a b\"", "is not a URI"),
                Arguments.of("email=alice", "is not an e-mail address"),
                Arguments.of("email=@example.com", "is not an e-mail address"),
                Arguments.of("email=alice@", "is not an e-mail address"),
                Arguments.of("serial-number=ab", "is not a serial number; expected decimal (171), hex (0xab)"),
                Arguments.of("serial-number=0x", "is not a serial number"),
                Arguments.of("serial-number=1:2", "is not a serial number"),
                Arguments.of("serial-number=+5", "is not a serial number"),
                Arguments.of("serial-number=\u0661\u0662", "is not a serial number"),
                Arguments.of("roles=admin", "no claim"),
                Arguments.of("common-name=a roles=\"a,,b\"", "is not a role"),
                Arguments.of("common-name=a roles=\"a,*\"", "[*] is not a role"),
                Arguments.of("common-name=a roles=\"a b\"", "[a b] is not a role"),
                Arguments.of("issuer-certificate-id=ca issuer-subject=CN=ca", "expected one of the two"),
                Arguments.of("issuer-certificate-id=ca issuer-thumbprint=" + SHA256, "expected one of the two"));
    }

    @Test
    void reportsTheProblemsOfAllRules() {
        ParsedRules parsed =
                RuleParser.parse("x=1; dns-name=*.a serial-number=q;a\ncommon-name=\"open\nemail=a", TRUSTING);

        assertThat(parsed.problems())
                .extracting(problem -> problem.substring(0, 6))
                .containsExactly("rule 1", "rule 2", "rule 2", "rule 3", "rule 4", "rule 5");
    }

    @Test
    void readsRulesInQuotesOfBothKindsAndLines() {
        List<Rule> rules = rules("common-name=\"Alice A.\" dns-name=api.example.com label=alice roles=\"a, b\";"
                + "subject='CN=\"x, y\",O=z';\n\r\n  common-name='it;is,one'  \t;");

        assertThat(rules).hasSize(3);
        assertThat(rules.get(0).roles()).isEqualTo(Set.of("a", "b"));
        assertThat(rules.get(0).label()).isEqualTo("alice");
        assertThat(rules)
                .extracting(Rule::text)
                .containsExactly(
                        "common-name=\"Alice A.\" dns-name=api.example.com label=alice",
                        "subject='CN=\"x, y\",O=z'",
                        "common-name=\"it;is,one\"");
    }

    @Test
    @DisplayName("comments are for files: an XML attribute has no lines, so a comment would hide all following rules")
    void readsCommentsInFilesOnly() {
        String text = "# who\ncommon-name=alice\n  # common-name=mallory; common-name=eve\n\ncommon-name=a#b\n";

        assertThat(RuleParser.parseFile(text, TRUSTING).rules())
                .extracting(Rule::text)
                .containsExactly("common-name=alice", "common-name=a#b");
        assertThat(RuleParser.parse(text, TRUSTING).problems()).hasSize(2);
    }

    @Test
    @DisplayName("a pasted private key is not shown (row 28)")
    void doesNotShowPrivateKey() {
        String key = TestCertificate.named("CN=x").build().privateKeyPem();
        ParsedRules parsed = RuleParser.parse("common-name=\"" + key, TRUSTING);

        assertThat(parsed.problems())
                .singleElement()
                .asString()
                .contains("private key")
                .doesNotContain(key.substring(40, 60));
    }

    @ParameterizedTest(name = "{0} needs validateTrust")
    @ValueSource(
            strings = {
                "common-name=alice",
                "subject=CN=alice",
                "serial-number=7",
                "dns-name=a.b",
                "uri=spiffe://a/b",
                "email=a@b",
                "label=alice",
                "common-name=a dns-name=a.b uri=spiffe://a/b email=a@b serial-number=1",
                "issuer-subject=CN=ca"
            })
    void refusesClaimsAboutTheCertificateWithoutTrust(String rule) {
        ParsedRules parsed = RuleParser.parse(rule + " roles=x", STRICT);

        assertThat(parsed.conflicts()).isNotEmpty();
        assertThat(parsed.conflicts().get(0)).startsWith("rule 1 has neither [thumbprint] nor [public-key]");
        assertThat(parsed.rules()).isEmpty();
        assertThat(RuleParser.parse(rule, TRUSTING).rules()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} needs validateTrust although the certificate is bound")
    @ValueSource(
            strings = {
                "issuer-subject=CN=ca",
                "issuer-thumbprint=" + "abababababababababababababababababababab",
                "issuer-certificate-id=ca"
            })
    void refusesClaimsAboutTheIssuerWithoutTrust(String claim) {
        String rule = "thumbprint=" + SHA256 + " " + claim;

        assertThat(RuleParser.parse(rule, STRICT).conflicts())
                .singleElement()
                .asString()
                .contains("issuer", "validateTrust=true");
        assertThat(RuleParser.parse(rule, TRUSTING).rules()).hasSize(1);
    }

    @ParameterizedTest(name = "principal by subject, validateTrust {1}, rule {0}: {2}")
    @CsvSource({
        "sha1, false, refused",
        "pin, false, refused",
        "sha256, false, taken",
        "sha1, true, taken",
        "pin, true, taken",
        "sha256, true, taken"
    })
    void refusesWeakRulesWhereTheSubjectNamesThePrincipal(String kind, boolean trust, String outcome) {
        TestCertificate alice = TestCertificate.named("CN=alice").build();
        String rule = switch (kind) {
            case "sha1" -> "thumbprint=" + alice.sha1();
            case "pin" -> "public-key=sha256/" + alice.pin();
            default -> "thumbprint=" + alice.sha256();
        };
        ParsedRules parsed = RuleParser.parse(rule, new RuleContext(trust, true, true));

        assertThat(parsed.rules()).hasSize(outcome.equals("taken") ? 1 : 0);
        assertThat(parsed.conflicts()).hasSize(outcome.equals("taken") ? 0 : 1);
        assertThat(parsed.warnings()).hasSize(kind.equals("sha1") ? 1 : 0);
    }

    @Test
    void refusesLabelWithoutStore() {
        ParsedRules parsed = RuleParser.parse("label=alice", new RuleContext(true, false, false));

        assertThat(parsed.conflicts()).singleElement().asString().contains("[label]", "[store]");
    }

    private static List<Rule> rules(String text) {
        ParsedRules parsed = RuleParser.parse(text, TRUSTING);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.conflicts()).isEmpty();
        return parsed.rules();
    }
}
