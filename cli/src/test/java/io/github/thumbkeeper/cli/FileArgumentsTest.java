/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, folders, lists and the standard input, as users name them. */
class FileArgumentsTest {

    private final TestCertificate alice = TestCertificate.named("CN=alice").build();
    private final TestCertificate bob = TestCertificate.named("CN=bob").build();
    private final String colons = alice.sha256().replaceAll("..(?!$)", "$0:");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"missing.pem", "../missing.pem", "x/../missing.pem"})
    void saysThatAFileIsMissing(String name) {
        ToolRun run = ToolRun.of("thumbprint", folder + "/clients/" + name);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("missing.pem] does not exist");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("refuses the whole of a list with a bad line, and names the line")
    @CsvSource(
            delimiter = '|',
            value = {
                "sha256sum | HEX  alice.der | the line has more words than a thumbprint",
                "a label without quotes | HEX label=Partner A | with double quotes around a value with blanks",
                "no thumbprint | label=alice | is not a thumbprint"
            })
    void refusesAListWithABadLine(String name, String line, String why) throws IOException {
        Path list = write("clients.txt", bob.sha256() + "\n" + line.replace("HEX", alice.sha256()) + "\n");

        for (ToolRun run : List.of(
                ToolRun.of("thumbprint", list.toString()), onInput(Files.readAllBytes(list), "thumbprint", "-"))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).contains("line 2: ", why);
        }
    }

    @Test
    void saysHowToGiveThePassword() {
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "secret", Map.of("a", alice.certificate()));

        ToolRun run = ToolRun.of("thumbprint", path("c.p12"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("is a PKCS12 key store and no password is set; name its file with [--password-file]; an empty"
                        + " file is the empty password, for key stores without a password too");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {"cmd|secret |ends in a blank", "quotes|\"secret\"|is in quotes", "empty|''|is empty"})
    void saysWhatIsUnusualAboutThePassword(String name, String password, String why) throws IOException {
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "secret", Map.of("a", alice.certificate()));
        Path file = write("pw", password);

        ToolRun run = ToolRun.of("thumbprint", "--password-file", file.toString(), path("c.p12"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("the password " + why).doesNotContain("secret ", "\"secret\"");
    }

    @Test
    void opensKeyStoresWithTheEmptyPassword() throws IOException {
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "", Map.of("alice", alice.certificate()));
        TestKeyStores.writeTrusted(folder.resolve("c.jks"), "JKS", "", Map.of("alice", alice.certificate()));
        Files.createDirectory(folder.resolve("x"));
        write("pw", "");

        for (String keys : List.of("c.p12", "c.jks", "x/../c.p12")) {
            assertThat(ToolRun.of("thumbprint", "--password-file", path("x/../pw"), path(keys)))
                    .isEqualTo(new ToolRun(0, "sha256:" + alice.sha256() + "\n", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"thumbprint --help", "list --help", "settings --help", "help thumbprint", "thumbprint -h x"})
    void printsTheHelpOfACommand(String arguments) {
        ToolRun run = ToolRun.of(arguments.split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Examples", "thumbkeeper ");
    }

    @Test
    void readsTheStandardInput() throws IOException {
        ToolRun one = new ToolRun(0, "sha256:" + alice.sha256() + "\n", "");
        TestKeyStores.writeTrusted(folder.resolve("c.p12"), "PKCS12", "secret", Map.of("a", alice.certificate()));
        String password = write("pw", "secret").toString();

        assertThat(onInput(utf8(alice.pem()), "thumbprint", "-")).isEqualTo(one);
        assertThat(onInput(alice.der(), "thumbprint", "-")).isEqualTo(one);
        assertThat(onInput(utf8("sha256 Fingerprint=" + colons + "\n"), "thumbprint", "-"))
                .isEqualTo(one);
        assertThat(onInput(Files.readAllBytes(folder.resolve("c.p12")), "thumbprint", "--password-file", password, "-")
                        .out())
                .isEqualTo(one.out());
        ToolRun nothing = onInput(new byte[0], "thumbprint", "-");
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.err()).contains("[-] is empty");
    }

    @Test
    void readsAListInEachForm() throws IOException {
        Path list = write(
                "clients.txt",
                "# clients\nSHA256 Fingerprint=" + colons + " label=\"Partner A\"\n" + bob.sha256() + " disabled\n");

        ToolRun run = ToolRun.of("thumbprint", list.toString());

        assertThat(run.status()).isZero();
        assertThat(run.out().lines())
                .containsExactly(
                        "sha256:" + alice.sha256() + "  Partner A  " + list, "sha256:" + bob.sha256() + "  -  " + list);
    }

    @Test
    @DisplayName("reads paths with .. and keeps the label of a link")
    void readsPathsWithParents() throws IOException {
        Files.createDirectories(folder.resolve("x/y"));
        alice.writePem(folder.resolve("alice.pem"));
        Path link = Files.createSymbolicLink(folder.resolve("link.pem"), folder.resolve("alice.pem"));

        assertThat(ToolRun.of("thumbprint", path("x/../alice.pem")).out()).isEqualTo("sha256:" + alice.sha256() + "\n");
        assertThat(ToolRun.of("thumbprint", path("x/../link.pem"), link.toString())
                        .out())
                .isEqualTo("sha256:" + alice.sha256() + "  link  " + path("x/../link.pem") + "\n" + "sha256:"
                        + alice.sha256() + "  link  " + link + "\n");
        assertThat(ToolRun.of("thumbprint", path("x/y/../..")).out()).contains("sha256:" + alice.sha256());
    }

    @Test
    void printsTheGoodFilesOfAFolderWithABadOne() throws IOException {
        alice.writePem(folder.resolve("alice.pem"));
        bob.writeDer(folder.resolve("bob.der"));
        write("broken.pem", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        write("text.crt", "no certificate\n");

        ToolRun run = ToolRun.of("thumbprint", folder.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines())
                .containsExactly(
                        "sha256:" + alice.sha256() + "  alice  " + folder,
                        "sha256:" + bob.sha256() + "  bob  " + folder);
        assertThat(run.err()).contains("broken.pem", "text.crt").doesNotContain("alice.pem]");
    }

    private static ToolRun onInput(byte[] input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of(arguments),
                new Console(
                        new ByteArrayInputStream(input),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false));
        return new ToolRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private String path(String name) {
        return folder + "/" + name;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
