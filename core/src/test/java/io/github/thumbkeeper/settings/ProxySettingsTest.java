/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.testkit.ForwardedAs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

    private static final String PIN = "sha256:" + "ab".repeat(32);

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "Keycloak #17059, #35217, #35861, CVE-2024-10039: a header that anybody could send refuses to start, whatever"
                    + " the format")
    void refusesAHeaderWithoutTrustedProxies(ForwardedAs as) {
        assertThat(problems("certificateHeader", as.format()))
                .containsExactly(
                        "TK-204 certificateHeader: needs [trustedProxies] or [trustedProxyThumbprints]: any client"
                                + " can send a header, and no proxy is trusted by default");
        assertThat(problems("certificateHeader", as.format(), "trustedProxies", "10.0.0.0/8"))
                .isEmpty();
        assertThat(problems("certificateHeader", as.format(), "trustedProxyThumbprints", PIN))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "trustedProxies, 10.0.0.1",
        "trustedProxyThumbprints, sha256:abababababababababababababababababababababababababababababababab",
        "proxyHops, 1",
        "hideCertificateHeader, true",
        "hideCertificateHeader, false"
    })
    void refusesSettingsOfAHeaderWithoutOne(String setting, String value) {
        assertThat(problems(setting, value))
                .containsExactly("TK-204 " + setting + ": belongs to [certificateHeader], which is not set");
    }

    @ParameterizedTest
    @CsvSource({"trustedProxiesAllowAny, true", "trustedProxiesByRemoteAddr, true"})
    void refusesSettingsOfAddressesWithoutAny(String setting, String value) {
        assertThat(problems("certificateHeader", "nginx", "trustedProxyThumbprints", PIN, setting, value))
                .containsExactly("TK-204 " + setting + ": belongs to [trustedProxies], which is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "csv",
                "NGINX",
                "nginx,X-My-Cert",
                "nginx X-My-Cert X-Other",
                "nginx:X",
                "X-SSL-Client-Cert",
                "none"
            })
    @DisplayName("row 126: an unknown format refuses to start")
    void refusesUnknownFormats(String header) {
        assertThat(problems("certificateHeader", header, "trustedProxies", "10.0.0.1"))
                .singleElement()
                .asString()
                .startsWith("TK-203 certificateHeader: [" + header + "] is not valid")
                .contains("rfc9440, nginx, apache, haproxy, azure, traefik, aws-alb, xfcc, fingerprint");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection", "cookie", "X\u00e4", "X(", "X:", "X-Forwarded-For", "Host"})
    void refusesReservedHeaderNames(String name) {
        assertThat(problems("certificateHeader", "nginx " + name, "trustedProxies", "10.0.0.1"))
                .singleElement()
                .asString()
                .startsWith("TK-203 certificateHeader: [" + name + "] is not a name for a header field");
    }

    @Test
    void readsAFormatWithAHeaderName() {
        assertThat(problems("certificateHeader", "nginx X-My-Cert", "trustedProxies", "10.0.0.1"))
                .isEmpty();
    }

    @Test
    @DisplayName("row 128: every bad address is reported as written")
    void refusesBadAddresses() {
        List<String> problems = problems(
                "certificateHeader",
                "nginx",
                "trustedProxies",
                "10.0.0.1/8 10.0.0.0/33,0.0.0.0/0;::/0 fe80::1%eth0 localhost 127.1 010.0.0.1, 192.0.2.1");

        assertThat(problems)
                .hasSize(8)
                .allSatisfy(problem -> assertThat(problem).startsWith("TK-203 trustedProxies: ["));
        assertThat(problems("certificateHeader", "nginx", "trustedProxies", " "))
                .isNotEmpty();
        assertThat(problems("certificateHeader", "nginx", "trustedProxies", "10.0.0.1,,10.0.0.2"))
                .singleElement()
                .asString()
                .contains("has an empty member");
    }

    @Test
    void trustsEveryAddressOnlyIfAllowed() {
        String[] any = {
            "certificateHeader", "nginx", "trustedProxies", "0.0.0.0/0,::/0", "trustedProxiesAllowAny", "true"
        };

        assertThat(problems(any)).isEmpty();
        assertThat(parse(any).warnings()).singleElement().asString().startsWith("TK-415 ");
    }

    @Test
    void refusesBadPins() {
        assertThat(problems("certificateHeader", "nginx", "trustedProxyThumbprints", "sha256:abc"))
                .singleElement()
                .asString()
                .startsWith("TK-203 trustedProxyThumbprints: ");
    }

    @Test
    void refusesAVerificationHeaderWithoutValueOrReverse() {
        assertThat(problems(
                        "certificateHeader", "nginx", "trustedProxies", "10.0.0.1", "proxyVerifyHeader", "X-Verify"))
                .containsExactly("TK-204 proxyVerifyHeader: belongs to [proxyVerifyValue], which is not set");
        assertThat(problems("certificateHeader", "nginx", "trustedProxies", "10.0.0.1", "proxyVerifyValue", "SUCCESS"))
                .containsExactly("TK-204 proxyVerifyValue: belongs to [proxyVerifyHeader], which is not set");
    }

    @Test
    void refusesAVerificationInTheSameHeader() {
        assertThat(problems(
                        "certificateHeader",
                        "nginx",
                        "trustedProxies",
                        "10.0.0.1",
                        "proxyVerifyHeader",
                        "x_ssl_client_cert",
                        "proxyVerifyValue",
                        "SUCCESS"))
                .singleElement()
                .asString()
                .startsWith("TK-204 proxyVerifyHeader: ");
    }

    @Test
    @DisplayName("a secret of the proxy is not shown: not in a message, not in the summary")
    void neverShowsTheVerificationValue() {
        String[] good = {
            "certificateHeader",
            "nginx",
            "trustedProxies",
            "10.0.0.1",
            "proxyVerifyHeader",
            "X-Secret",
            "proxyVerifyValue",
            "s3cret"
        };

        assertThat(parse(good).summary()).contains("X-Secret").doesNotContain("s3cret");
        for (String bad : new String[] {" s3cret", "s3cret\n", "s3cret\u00e4"}) {
            good[7] = bad;
            assertThat(problems(good))
                    .singleElement()
                    .asString()
                    .startsWith("TK-203 proxyVerifyValue: ")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void refusesHopsForOtherFormats() {
        assertThat(problems("certificateHeader", "nginx", "trustedProxies", "10.0.0.1", "proxyHops", "2"))
                .containsExactly(
                        "TK-204 proxyHops: is for certificateHeader=xfcc only, where each proxy adds an element");
        assertThat(problems("certificateHeader", "xfcc", "trustedProxies", "10.0.0.1", "proxyHops", "0"))
                .singleElement()
                .asString()
                .startsWith("TK-203 proxyHops: [0]");
        assertThat(problems("certificateHeader", "xfcc", "trustedProxies", "10.0.0.1", "proxyHops", "2"))
                .isEmpty();
    }

    private static final String[] HASH_ONLY = {
        "certificateHeader",
        "xfcc",
        "trustedProxies",
        "10.0.0.1",
        "xfccHashOnly",
        "true",
        "validateNotBefore",
        "false",
        "validateNotAfter",
        "false"
    };

    @Test
    @DisplayName("xfccHashOnly: checks that need the certificate must be switched off explicitly")
    void refusesHashOnlyWithDateChecks() {
        assertThat(problems(HASH_ONLY)).isEmpty();
        assertThat(problems("certificateHeader", "xfcc", "trustedProxies", "10.0.0.1", "xfccHashOnly", "true"))
                .containsExactly(
                        "TK-204 xfccHashOnly: needs validateNotBefore=false: a hash has no dates",
                        "TK-204 xfccHashOnly: needs validateNotAfter=false: a hash has no dates");
        assertThat(problems(with(HASH_ONLY, "certificateHeader", "nginx")))
                .containsExactly("TK-204 xfccHashOnly: is for certificateHeader=xfcc only");
        assertThat(problems("xfccHashOnly", "true"))
                .containsExactly("TK-204 xfccHashOnly: belongs to [certificateHeader], which is not set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publicKeyPins | sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=",
                "validateTrust | true",
                "minimumKeySize | RSA=2048",
                "allowedSignatureAlgorithms | SHA256withRSA",
                "keyUsage | digitalSignature",
                "extendedKeyUsage | clientAuth",
                "certificatePolicies | 2.16.840.1.101.3.2.1.48.1",
                "principal | subject",
                "principal | common-name"
            })
    void refusesChecksThatNeedTheCertificate(String setting, String value) {
        assertThat(problems(with(HASH_ONLY, setting, value)))
                .anyMatch(problem -> problem.startsWith("TK-204 xfccHashOnly: cannot be combined with"));
    }

    @Test
    void refusesRulesWithHashOnly() {
        assertThat(problems(with(HASH_ONLY, "identities", "thumbprint=" + "ab".repeat(32))))
                .containsExactly(
                        "TK-204 xfccHashOnly: cannot be combined with [identities], which needs the certificate itself");
    }

    @ParameterizedTest
    @CsvSource({
        "thumbprints, sha1:abababababababababababababababababababab",
        "deny, sha1:abababababababababababababababababababab",
        "deny, sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=",
        "deny, issuer=\"CN=x\" serial=1"
    })
    void refusesOtherListsThanSha256WithHashOnly(String setting, String value) {
        Settings settings = parse(with(HASH_ONLY, setting, value));

        SettingsException refusal = catchThrowableOfType(
                SettingsException.class,
                () -> settings.open(new io.github.thumbkeeper.observe.Counters(), java.time.InstantSource.system()));
        assertThat(refusal.problems())
                .singleElement()
                .asString()
                .startsWith("TK-302 ")
                .contains("xfccHashOnly=true");
    }

    private static final String[] FINGERPRINT = {
        "certificateHeader",
        "fingerprint X-SSL-Client-Fingerprint",
        "trustedProxies",
        "10.0.0.1",
        "validateNotBefore",
        "false",
        "validateNotAfter",
        "false"
    };

    @Test
    @DisplayName("fingerprint: the header must be named, and checks that need the certificate switched off explicitly")
    void refusesFingerprintWithoutNameOrWithDateChecks() {
        assertThat(problems(FINGERPRINT)).isEmpty();
        assertThat(problems("certificateHeader", "fingerprint X-Fingerprint", "trustedProxies", "10.0.0.1"))
                .containsExactly(
                        "TK-204 certificateHeader: fingerprint needs validateNotBefore=false: a hash has no dates",
                        "TK-204 certificateHeader: fingerprint needs validateNotAfter=false: a hash has no dates");
        assertThat(problems(with(FINGERPRINT, "certificateHeader", "fingerprint")))
                .containsExactly(
                        "TK-203 certificateHeader: [fingerprint] has no name of a header field, and this format"
                                + " has no usual one; expected one after a blank, such as [fingerprint X-SSL-Client-Fingerprint]");
        assertThat(problems(with(FINGERPRINT, "xfccHashOnly", "true")))
                .containsExactly("TK-204 xfccHashOnly: is for certificateHeader=xfcc only");
        assertThat(problems(with(FINGERPRINT, "proxyHops", "2")))
                .singleElement()
                .asString()
                .startsWith("TK-204 proxyHops: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "publicKeyPins | sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=",
                "identities | thumbprint=abababababababababababababababababababababababababababababababab",
                "validateTrust | true",
                "minimumKeySize | RSA=2048",
                "allowedSignatureAlgorithms | SHA256withRSA",
                "keyUsage | digitalSignature",
                "extendedKeyUsage | clientAuth",
                "certificatePolicies | 2.16.840.1.101.3.2.1.48.1",
                "principal | subject",
                "principal | common-name"
            })
    void refusesChecksThatNeedTheCertificateWithFingerprint(String setting, String value) {
        assertThat(problems(with(FINGERPRINT, setting, value)))
                .anyMatch(
                        problem -> problem.startsWith("TK-204 certificateHeader: fingerprint cannot be combined with"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deny | sha1:abababababababababababababababababababab | lists SHA-1 thumbprints, and the lists read before"
                        + " have SHA-256",
                "deny | sha512:SHA512 | lists SHA-512 thumbprints, and the lists read before have SHA-256",
                "deny | sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE= | lists something other than thumbprints",
                "deny | issuer=\"CN=x\" serial=1 | lists something other than thumbprints",
                "thumbprints | SHA256 sha1:abababababababababababababababababababab | lists something other than"
                        + " thumbprints of one algorithm"
            })
    void refusesListsOfTwoAlgorithmsWithFingerprint(String setting, String value, String why) {
        String lists = value.replace("SHA512", "cd".repeat(64)).replace("SHA256", PIN);
        Settings settings = parse(with(FINGERPRINT, setting, lists));

        SettingsException refusal = catchThrowableOfType(
                SettingsException.class,
                () -> settings.open(new io.github.thumbkeeper.observe.Counters(), java.time.InstantSource.system()));
        assertThat(refusal.problems())
                .singleElement()
                .asString()
                .startsWith("TK-302 ")
                .contains(why, "certificateHeader=fingerprint");
    }

    private static String[] with(String[] settings, String name, String value) {
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = name;
        all[settings.length + 1] = value;
        return all;
    }

    @Test
    @DisplayName("Azure App Service verifies nothing: without validateTrust there is a warning")
    void warnsOfAzureWithoutTrust() {
        assertThat(parse("certificateHeader", "azure", "trustedProxies", "10.0.0.1")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("TK-414 certificateHeader=azure: ");
    }

    @Test
    void refusesAddressesAloneIfTheyMayBeRewritten() {
        String[] addresses = {"certificateHeader", "nginx", "trustedProxies", "10.0.0.1"};

        SettingsException refusal = catchThrowableOfType(
                SettingsException.class, () -> parse(addresses).requireMoreThanAddresses());
        assertThat(refusal.problems())
                .singleElement()
                .asString()
                .startsWith("TK-204 trustedProxies: ")
                .contains("trustedProxyThumbprints", "trustedProxiesByRemoteAddr=true");

        parse("certificateHeader", "nginx", "trustedProxies", "10.0.0.1", "trustedProxiesByRemoteAddr", "true")
                .requireMoreThanAddresses();
        parse("certificateHeader", "nginx", "trustedProxies", "10.0.0.1", "trustedProxyThumbprints", PIN)
                .requireMoreThanAddresses();
        parse("certificateHeader", "nginx", "trustedProxyThumbprints", PIN).requireMoreThanAddresses();
        parse().requireMoreThanAddresses();
    }

    private static Settings parse(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of("thumbprints", PIN));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Settings.parse(settings, new FakeResources());
    }

    private static List<String> problems(String... more) {
        SettingsException refusal = catchThrowableOfType(SettingsException.class, () -> parse(more));
        return refusal == null ? List.of() : refusal.problems();
    }
}
