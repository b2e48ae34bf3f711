/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.Secret;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbprintCommandTest {

    private final TestCertificate alice = TestCertificate.named("CN=alice").build();
    private final TestCertificate bob = TestCertificate.named("CN=bob").build();

    @TempDir
    private Path folder;

    @Test
    void refusesAFileThatDoesNotExist() {
        ToolRun run = ToolRun.of("thumbprint", path("missing.pem"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("missing.pem").contains("does not exist");
    }

    @Test
    void refusesACertificateThatJavaReadsOnlyPartly() throws IOException {
        Files.write(folder.resolve("x.der"), MalformedCertificate.EXTENSIONS_TWICE.der("CN=x", alice, alice.keyPair()));

        ToolRun run = ToolRun.of("thumbprint", path("x.der"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("x.der", "has an element after extensions in tbsCertificate");
    }

    @Test
    void refusesAKeyStoreWithoutPasswordAndNamesTheOption() {
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "secret", Map.of("alice", alice.certificate()));

        ToolRun run = ToolRun.of("thumbprint", path("c.p12"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("[--password-file]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --algorithm md5 alice.pem                  | [md5] is not an algorithm; expected sha1, sha256, sha384, sha512
            --algorithm SHA-256 alice.pem              | [SHA-256] is not an algorithm
            --fingerprint alice.pem                    | [--fingerprint] is not an option
            alice.pem --algorithm                      | [--algorithm] needs a value
            --pin --algorithm=sha1 alice.pem           | [--pin] cannot be combined with --algorithm
            --algorithm=sha1 --algorithm=sha1 alice.pem | [--algorithm] is given twice
            --pin                                      | needs a file
            """)
    void refusesUnknownArguments(String arguments, String why) {
        ToolRun run = ToolRun.of(("thumbprint " + arguments).split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(why);
    }

    @Test
    void printsOneLineForOneCertificate() {
        alice.writePem(folder.resolve("alice.pem"));

        assertThat(ToolRun.of("thumbprint", path("alice.pem")))
                .isEqualTo(new ToolRun(0, "sha256:" + alice.sha256() + "\n", ""));
    }

    @Test
    void readsDerAndUsesOtherAlgorithms() {
        alice.writeDer(folder.resolve("alice.der"));

        assertThat(ToolRun.of("thumbprint", "--algorithm", "sha512", path("alice.der"))
                        .out())
                .isEqualTo("sha512:" + alice.sha512() + "\n");
        ToolRun sha1 = ToolRun.of("thumbprint", "--algorithm=sha1", path("alice.der"));
        assertThat(sha1.out()).isEqualTo("sha1:" + alice.sha1() + "\n");
        assertThat(sha1.err()).contains("hint: use SHA-1 only");
    }

    @Test
    void printsThePinOfThePublicKey() {
        alice.writePem(folder.resolve("alice.pem"));

        assertThat(ToolRun.of("thumbprint", "--pin", path("alice.pem")).out())
                .isEqualTo("sha256/" + alice.pin() + "\n");
    }

    @Test
    void printsLabelsAndFilesOfSeveralAndContinuesAfterABadOne() {
        alice.writePem(folder.resolve("alice#2026.pem"));
        bob.writePem(folder.resolve("bob.pem"));

        ToolRun run = ToolRun.of("thumbprint", path("alice#2026.pem"), path("missing.pem"), path("bob.pem"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "sha256:" + alice.sha256() + "  alice  " + path("alice#2026.pem"),
                        "sha256:" + bob.sha256() + "  bob  " + path("bob.pem"));
        assertThat(run.err()).contains("missing.pem");
    }

    @Test
    void readsADirectoryAndAKeyStore() throws IOException {
        Files.writeString(folder.resolve("password.txt"), "secret\n");
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "secret", Map.of("bob", bob.certificate()));
        Path directory = Files.createDirectory(folder.resolve("clients"));
        alice.writePem(directory.resolve("alice.pem"));

        ToolRun run = ToolRun.of(
                "thumbprint", "--password-file", path("password.txt"), "--", path("c.p12"), directory.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "sha256:" + bob.sha256() + "  bob  " + path("c.p12"),
                        "sha256:" + alice.sha256() + "  alice  " + directory);
    }

    @Test
    void refusesFormatsThatDoNotFit() throws IOException {
        Files.writeString(folder.resolve("clients.list"), alice.sha256() + " label=alice\n");

        assertThat(ToolRun.of("thumbprint", "--format", "base32", "x").err())
                .contains("[base32] is not a format; expected hex, colon, base64url, pin, x5t, json");
        assertThat(ToolRun.of("thumbprint", "--format=x5t", "--algorithm=sha512", "x")
                        .err())
                .contains("[sha512] has no form x5t");
        ToolRun pin = ToolRun.of("thumbprint", "--format=pin", path("clients.list"));
        assertThat(pin.status()).isEqualTo(1);
        assertThat(pin.err()).contains("has only the thumbprint of [alice], not its public key");
        ToolRun sha1 = ToolRun.of("thumbprint", "--algorithm=sha1", path("clients.list"));
        assertThat(sha1.status()).isEqualTo(1);
        assertThat(sha1.err()).contains("cannot be converted to sha1");
    }

    @Test
    void printsEveryFormat() {
        alice.writePem(folder.resolve("alice.pem"));
        String colon =
                ToolRun.of("thumbprint", "--format=colon", path("alice.pem")).out();
        byte[] digest = HexFormat.of().parseHex(alice.sha256());

        assertThat(colon).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}\n");
        assertThat(colon.strip().replace(":", "").toLowerCase(Locale.ROOT)).isEqualTo(alice.sha256());
        String base64 = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        assertThat(ToolRun.of("thumbprint", "--format=base64url", path("alice.pem"))
                        .out())
                .isEqualTo(base64 + "\n");
        assertThat(ToolRun.of("thumbprint", "--format=x5t", path("alice.pem")).out())
                .isEqualTo("x5t#S256:" + base64 + "\n");
        assertThat(ToolRun.of("thumbprint", "--format=x5t", "--algorithm=sha1", path("alice.pem"))
                        .out())
                .startsWith("x5t:");
        assertThat(ToolRun.of("thumbprint", "--format=json", path("alice.pem")).out())
                .contains("\"x5t#S256\": \"" + base64 + "\"", "\"sha256\": \"" + colon.strip() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hex", "colon", "pin", "x5t"})
    void printsFormsThatSettingsTake(String format) {
        alice.writePem(folder.resolve("alice.pem"));
        String text =
                ToolRun.of("thumbprint", "--format", format, path("alice.pem")).out();
        String setting = format.equals("pin") ? "publicKeyPins" : "thumbprints";

        assertThat(Settings.parse(Map.of(setting, text), new FileResources(folder))
                        .warnings())
                .isEmpty();
    }

    @Test
    void readsTheStandardInput() {
        assertThat(ToolRun.reading(alice.pem(), "thumbprint", "-"))
                .isEqualTo(new ToolRun(0, "sha256:" + alice.sha256() + "\n", ""));
        ToolRun nothing = ToolRun.of("thumbprint", "-");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.err()).contains("[-]").doesNotContain("/tmp");
    }

    @Test
    void readsAThumbprintListAndAFolderAbove() throws IOException {
        Files.writeString(folder.resolve("clients.list"), alice.sha256() + " label=alice\n");
        Files.createDirectory(folder.resolve("below"));

        assertThat(ToolRun.of("thumbprint", path("below") + "/../clients.list").out())
                .isEqualTo("sha256:" + alice.sha256() + "\n");
    }

    @Test
    void printsTheGoodFilesOfAFolderWithABadOne() throws IOException {
        alice.writePem(folder.resolve("alice.pem"));
        bob.writePem(folder.resolve("bob.pem"));
        Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        ToolRun run = ToolRun.of("thumbprint", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "sha256:" + alice.sha256() + "  alice  " + folder,
                        "sha256:" + bob.sha256() + "  bob  " + folder);
        assertThat(run.err()).contains("broken.pem");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a password file that is given instead of a certificate is not repeated")
    @MethodSource("io.github.thumbkeeper.testkit.Secret#all")
    void neverRepeatsAPasswordFile(Secret secret) throws Exception {
        Path file = Files.write(folder.resolve("pw"), secret.bytes());
        TestKeyStores.writeTrusted(
                folder.resolve("keys.p12"), "PKCS12", "another password", Map.of("a", alice.certificate()));

        for (ToolRun run : List.of(
                ToolRun.of("thumbprint", file.toString()),
                ToolRun.of("thumbprint", "--password-file", file.toString(), path("keys.p12")),
                ToolRun.of("thumbprint", "--password-file=" + secret.text(), path("keys.p12")),
                ToolRun.of("thumbprint", "--password=" + secret.text(), file.toString()))) {
            assertThat(run.status()).isNotEqualTo(0);
            secret.assertNotIn(run.out() + run.err());
        }
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }
}
