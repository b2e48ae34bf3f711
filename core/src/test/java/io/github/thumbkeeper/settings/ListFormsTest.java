/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines that tools print and administrators copy, in a list file, as a setting and in a deny list. */
class ListFormsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private static final String HEX = ALICE.sha256();
    private static final String COLONS = grouped(HEX, 2, ":").toUpperCase(Locale.ROOT);
    private static final String BLANKS = grouped(HEX, 2, " ");
    private static final String SHA1_BLANKS = grouped(ALICE.sha1(), 2, " ");
    private static final String EXPECTED = "expected after the thumbprint: label=NAME, roles=A,B,";
    private static final String MORE = "the line has more words than a thumbprint";
    private static final String UNSHOWN = "characters (not shown, it may be a password)";

    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                row("OpenSSL 1.x -fingerprint -sha256", "SHA256 Fingerprint=" + COLONS),
                row("OpenSSL 3.x -fingerprint -sha256", "sha256 Fingerprint=" + COLONS),
                row("OpenSSL 3.x -fingerprint", "sha1 Fingerprint=" + grouped(ALICE.sha1(), 2, ":")),
                row("blanks around the equals sign", "sha256 Fingerprint = " + COLONS),
                row("a tab in the prefix", "SHA256\tFingerprint=\t" + COLONS),
                row("keytool -printcert", "\t SHA256: " + COLONS),
                row("keytool -printcert, SHA-1", "\t SHA1: " + grouped(ALICE.sha1(), 2, ":")),
                row("a blank after each byte", BLANKS),
                row("a blank after each byte, the last one too", BLANKS.toUpperCase(Locale.ROOT) + " "),
                row("a blank after every two bytes", grouped(HEX, 4, " ")),
                row("a tab after each byte", grouped(HEX, 2, "\t")),
                row("several blanks between bytes", grouped(ALICE.sha1(), 2, "  ")),
                row("the dialog of Windows", "\u200E" + SHA1_BLANKS),
                row("the dialog of Windows, old and new mark", "\u200F\u200E" + ALICE.sha1()),
                row("a mark within a prefix", "SHA256\u200B Fingerprint=" + COLONS),
                row("a mark at the end", COLONS + "\u200B"),
                row("no-break spaces in a prefix", "SHA256:\u00A0" + COLONS),
                row("dashes", grouped(HEX, 2, "-")),
                row("prefix and blanks", "SHA-256: " + BLANKS),
                row("prefix of SHA-512", "sha512: " + ALICE.sha512()),
                row("colons of SHA-512", grouped(ALICE.sha512(), 2, ":")),
                row("our print form", "sha256:" + HEX),
                row("double quotes", "\"" + COLONS + "\""),
                row("single quotes", "'" + HEX + "'"),
                row("double quotes around blanks", "\"" + SHA1_BLANKS + "\""),
                row("double quotes around a prefix", "\"SHA256 Fingerprint=" + COLONS + "\""),
                row("x5t", "x5t:" + base64url(ALICE.sha1())),
                row("x5t#S256", "x5t#S256:" + base64url(HEX)),
                row("x5t#S256 with a blank", "x5t#S256: " + base64url(HEX)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a list file takes each form that settings take, with attributes too")
    @MethodSource("forms")
    void takesEachForm(String name, String text) throws IOException {
        assertAdmitsAliceOnly(Map.of("thumbprints", text));
        assertAdmitsAliceOnly(Map.of("store", list(text)));
        for (String rest : List.of(
                "\n",
                "\r\n",
                " # alice's, of 2026\n",
                " label=alice\n",
                "\tlabel=\"Alice = # 'A' disabled\"\troles=a,b from=2020-01-01T00:00:00Z # label=bob\n")) {
            assertAdmitsAliceOnly(Map.of("store", list("# list\n" + text + rest + BOB.sha256() + " disabled\n")));
        }
        assertThat(decide(Map.of("store", list(text + " disabled\n" + BOB.sha256())), ALICE))
                .isEqualTo(Reason.ENTRY_DISABLED);
        assertAdmitsAliceOnly(Map.of("store", folderWith("clients.list", text + " label=\"Partner A\"\n")));
        assertThat(decide(Map.of("thumbprints", HEX, "deny", list(text)), ALICE))
                .isEqualTo(Reason.DENIED);
    }

    static Stream<Arguments> pins() {
        return Stream.of(
                row("our print form, OkHttp", "sha256/" + ALICE.pin()),
                row("curl", "sha256//" + ALICE.pin()),
                row("RFC 7469", "pin-sha256=\"" + ALICE.pin() + "\""),
                row("Apache's log", "pin-sha256:" + ALICE.pin()),
                row("after blanks", "  \tsha256/" + ALICE.pin()));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a list file takes each form of a public key pin")
    @MethodSource("pins")
    void takesEachPin(String name, String text) throws IOException {
        assertAdmitsAliceOnly(Map.of("publicKeyPins", text));
        for (String rest : List.of("", " # comment", " label=\"Partner A\" roles=\"a, b\"", "\troles=a")) {
            assertAdmitsAliceOnly(Map.of("store", list(text + rest + "\n")));
        }
        assertThat(decide(Map.of("store", list(text + " disabled\n" + BOB.sha256())), ALICE))
                .isEqualTo(Reason.ENTRY_DISABLED);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("label=\"Partner A\"", "Partner A", ""),
                Arguments.of("label=\"A\"", "A", ""),
                Arguments.of("label=\" Partner  A \"", "Partner  A", ""),
                Arguments.of("label=\"O'Brien\"", "O'Brien", ""),
                Arguments.of("label=\"a=b,c;d\"", "a=b,c;d", ""),
                Arguments.of("label=\"Partner #1\"", "Partner #1", ""),
                Arguments.of("label=J\u00FCrgen", "J\u00FCrgen", ""),
                Arguments.of("label=\"disabled\"", "disabled", ""),
                Arguments.of("label=x roles=\"orders, admin\"", "x", "admin,orders"),
                Arguments.of("roles=\"orders\" label=\"Partner A\"", "Partner A", "orders"),
                Arguments.of("label=x until=\"2999-01-01T00:00:00Z\"", "x", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void takesValuesInQuotes(String attributes, String label, String roles) throws IOException {
        for (String form : List.of(HEX, "SHA256 Fingerprint=" + COLONS, SHA1_BLANKS)) {
            Verdict verdict =
                    gate(Map.of("store", list(form + " " + attributes))).decide(FakeExchange.of(ALICE.certificate()));

            assertThat(verdict).isInstanceOfSatisfying(Verdict.Admitted.class, admitted -> {
                assertThat(admitted.identity().name()).isEqualTo(label);
                assertThat(String.join(
                                ",",
                                admitted.identity().roles().stream().sorted().toList()))
                        .isEqualTo(roles);
            });
        }
    }

    static Stream<Arguments> refusedLines() {
        String stray = " follows the thumbprint and is unknown: " + MORE;
        return Stream.of(
                refused("sha256sum", HEX + "  alice.der", "a text of 9 " + UNSHOWN + stray),
                refused("sha256sum --binary", HEX + " *alice.der", "a text of 10 " + UNSHOWN + stray),
                refused("sha256sum hint", HEX + "  alice.der", "only if the file was in DER"),
                refused("sha256sum --tag", "SHA256 (alice.der) = " + HEX, MORE),
                refused("openssl dgst", "SHA256(alice.der)= " + HEX, MORE),
                refused("openssl dgst 3", "SHA2-256(alice.der)= " + HEX, MORE),
                refused("certutil -hashfile, first line", "SHA256 hash of alice.cer:", MORE),
                refused("certutil -hashfile of Windows 7", "SHA1 hash of file alice.cer:", MORE),
                refused("certutil -hashfile in German", "SHA256-Hash von alice.cer:", MORE),
                refused("certutil, last line", "CertUtil: -hashfile command completed successfully.", MORE),
                refused("certutil -dump", "Cert Hash(sha1): " + ALICE.sha1(), MORE),
                refused("Get-FileHash", "SHA256          " + HEX + "   C:\\alice.cer", MORE),
                refused("Get-FileHash, head", "Algorithm       Hash      Path", MORE),
                refused("Format-List", "Thumbprint : " + ALICE.sha1(), MORE),
                refused("dir Cert:", ALICE.sha1() + "  CN=alice", "a text of 8 " + UNSHOWN + " follows the thumbprint"),
                refused("keytool -list", "Certificate fingerprint (SHA-256): " + COLONS, MORE),
                refused("keytool -list, first line", "alice, Nov 28, 2026, trustedCertEntry, ", MORE),
                refused("macOS Keychain Access", "SHA-256 " + BLANKS, MORE),
                refused("Chrome", "SHA-256 Fingerprint\t" + BLANKS, MORE),
                refused("Windows dialog of another field", "30 0d 06 09 2a", "is not a thumbprint"),
                refused("YAML", "- " + HEX, MORE),
                refused("JSON", "\"" + HEX + "\",", "has the character [\"]"),
                refused("CSV", "alice," + HEX, "is not a thumbprint"),
                refused("CSV with blanks", HEX + ", alice", "[,]"),
                refused("a mail", "Please add " + HEX, MORE),
                refused("two thumbprints", HEX + " " + BOB.sha256(), "[" + BOB.sha256() + "]" + stray),
                refused(
                        "two thumbprints with blanks",
                        SHA1_BLANKS + " " + SHA1_BLANKS,
                        "a text of 119 " + UNSHOWN + " is not a thumbprint"),
                refused("two SHA-256 with blanks", BLANKS + " " + BLANKS, "two SHA-256 thumbprints?"),
                refused("SHA-512 with blanks", grouped(ALICE.sha512(), 2, " "), "two SHA-256 thumbprints?"),
                refused("groups of four bytes", grouped(HEX, 8, " "), "has a group of 8 at index 0"),
                refused("an uneven group", BLANKS.substring(1), "has 63 hex digits"),
                refused("O for 0", "O" + BLANKS.substring(1), "the letter O, not a hex digit"),
                refused("another prefix", "SHA1 Fingerprint=" + COLONS, "has 64 hex digits, SHA-1 needs 40"),
                refused("MD5", "MD5 Fingerprint=" + grouped(HEX.substring(32), 2, ":"), "MD5 is not accepted"),
                refused("a prefix alone", "SHA256 Fingerprint=", "has 0 hex digits|is not a thumbprint"),
                refused("a prefix and attributes", "SHA256: label=alice", "is not a thumbprint"),
                refused("no thumbprint", "label=alice", "a text of 11 " + UNSHOWN + " is not a thumbprint"),
                refused("a placeholder", "${alice.thumbprint}", "is not a thumbprint"),
                refused("quotes that do not match", "\"" + HEX + "'", "[\"]"),
                refused("quotes around attributes too", "\"" + HEX + " label=alice\"", "[\"]"),
                refused(
                        "a mark between two",
                        HEX + "\u200B" + BOB.sha256(),
                        "joined by an invisible character|is not a thumbprint"),
                refused("a wide blank", HEX + "\u3000label=a", "is not a thumbprint"),
                refused("wide digits", "\uFF18" + HEX.substring(1), "U+FF18"),
                refused("upper case", HEX + " DISABLED", "a text of 8 " + UNSHOWN + stray),
                refused("upper case after groups", SHA1_BLANKS + " DISABLED", "a text of 8 " + UNSHOWN + stray),
                refused("disabled=true", HEX + " disabled=true", "is unknown; " + EXPECTED),
                refused("disabled in quotes", HEX + " \"disabled\"", "a text of 10 " + UNSHOWN + stray),
                refused("a mark after disabled", HEX + " disabled\u200E", "a text of 9 " + UNSHOWN + stray),
                refused("a mark before disabled", SHA1_BLANKS + " \u200Edisabled", "a text of 9 " + UNSHOWN + stray),
                refused("a no-break space before disabled", HEX + "\u00A0disabled", "is not a thumbprint"),
                refused("Disabled after a prefix", "sha256: " + BLANKS + " Disabled", stray),
                refused("a label without quotes", HEX + " label=Partner A", MORE + " and its attributes; " + EXPECTED),
                refused("single quotes around a label", HEX + " label='Partner A'", MORE + " and its attributes"),
                refused("single quotes around a word", HEX + " label='A'", "[label] is a text of 3 " + UNSHOWN),
                refused("no second quote", HEX + " label=\"Partner A", "[label] begins with a double quote and"),
                refused("no second quote, disabled", HEX + " label=\"A disabled", "[label] begins with a double quote"),
                refused(
                        "text after the quote",
                        HEX + " label=\"A\"B",
                        "[label] has text next to its second double quote"),
                refused("a comment at the quote", HEX + " label=\"A\"#B", "[label] has text next to its second"),
                refused("quotes within", HEX + " label=A\"B\"", "[label] is a text of 4 " + UNSHOWN),
                refused("three quotes", HEX + " label=\"A\"B\"", "[label] has text next to its second"),
                refused("an empty label", HEX + " label=\"\"", "[label] holds an empty name"),
                refused("a blank label", HEX + " label=\"  \"", "[label] holds an empty name"),
                refused("a tab in a label", HEX + " label=\"A\tB\"", "[label] is a text of 3 " + UNSHOWN),
                refused("a mark in a label", HEX + " label=\"A\u200EB C\"", "[label] is a text of 5 " + UNSHOWN),
                refused("a role with a blank", HEX + " roles=\"order clerk\"", "[roles] is a text of 11 " + UNSHOWN),
                refused("roles with a blank", HEX + " roles=a, b", "[roles] holds an empty name|" + MORE),
                refused("an unknown name in quotes", HEX + " owner=\"Partner A\"", "is unknown"),
                refused("a name twice", HEX + " label=\"A\" label=B", "[label] occurs twice"),
                refused("blanks around the equals sign", HEX + " label = A", stray),
                refused("lines of old macOS", "# list\r" + HEX, "carriage return without a line feed"),
                refused("a comment that ends early", HEX + " # alice\r" + BOB.sha256(), "carriage return without"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("any other line refuses the whole file")
    @MethodSource("refusedLines")
    void refusesOtherLines(String name, String text, List<String> oneOf) throws IOException {
        String message = refusal(list(BOB.sha256() + "\n" + text + "\n"));

        assertThat(message).contains("TK-302 store [", " is not a list of thumbprints:", "line 2: ");
        assertThat(oneOf).as(message).anyMatch(message::contains);
        assertThat(message).doesNotContain("alice", "Partner", "DISABLED");
    }

    @Test
    @DisplayName("certutil -hashfile: each line that is no thumbprint is named")
    void namesEachLineOfCertutil() throws IOException {
        assertThat(refusal(list("SHA256 hash of alice.cer:\r\n" + HEX
                        + "\r\nCertUtil: -hashfile command completed successfully.\r\n")))
                .contains("line 1: ", "line 3: ", "certutil -hashfile print other words and lines too")
                .doesNotContain("line 2: ");
    }

    @Test
    void takesMarksInFrontOfCommentsAndOnLinesOfTheirOwn() throws IOException {
        assertAdmitsAliceOnly(Map.of("store", list("\uFEFF# one\n\u200E\n\uFEFF# two\r\r\n" + HEX + "\r\r\n\u00A0\n")));
    }

    @Test
    @DisplayName("takes the samples in docs/stores.md")
    void takesTheSamplesOfThePage() throws IOException {
        String page = Files.readString(Path.of("../docs/stores.md"));
        String section = page.substring(page.indexOf("## List of thumbprints"), page.indexOf("## PEM and DER"));
        List<String> samples = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map(sample -> sample.group(1))
                .toList();

        assertThat(samples).hasSize(2);
        for (String sample : samples) {
            assertAdmitsAliceOnly(Map.of("store", list(sample + HEX)));
        }
    }

    static Stream<Arguments> encodings() {
        return Stream.of(
                Arguments.of("PowerShell 5.1, >", StandardCharsets.UTF_16LE, "\uFEFF"),
                Arguments.of("Notepad, Unicode big endian", StandardCharsets.UTF_16BE, "\uFEFF"),
                Arguments.of("UTF-16 without mark", StandardCharsets.UTF_16LE, ""),
                Arguments.of("UTF-16 without mark, big endian", StandardCharsets.UTF_16BE, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void namesTheEncoding(String name, Charset encoding, String mark) throws IOException {
        Path file = folder.resolve("list.txt");
        Files.write(file, (mark + "SHA256 Fingerprint=" + COLONS + "\r\n").getBytes(encoding));

        assertThat(refusal(file.toString())).contains("is text in UTF-16; save it as UTF-8");

        Path clients = Files.createDirectory(folder.resolve("clients"));
        Files.move(file, clients.resolve("clients.list"));
        assertThat(refusal(clients.toString())).contains("clients.list] is text in UTF-16; save it as UTF-8");
    }

    @Test
    @NeedsProgram
    @DisplayName("takes what OpenSSL prints")
    void takesOutputOfOpenssl() throws Exception {
        String openssl = OutsideProgram.OPENSSL.path();
        ALICE.writePem(folder.resolve("alice.pem"));
        for (String digest : List.of("-sha1", "-sha256", "-sha384", "-sha512")) {
            String printed = run(openssl, "x509", "-noout", "-fingerprint", digest, "-in", file("alice.pem"));

            assertAdmitsAliceOnly(Map.of("store", list(printed)));
            assertAdmitsAliceOnly(Map.of("store", list(printed.strip() + " label=\"Partner A\"")));
            assertAdmitsAliceOnly(Map.of("thumbprints", printed));
        }
        String withPem = run(openssl, "x509", "-fingerprint", "-sha256", "-in", file("alice.pem"));
        assertAdmitsAliceOnly(Map.of("store", list(withPem)));
    }

    @Test
    @DisplayName("takes the lines with thumbprints that keytool prints")
    void takesOutputOfKeytool() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> lines = run(keytool, "-J-Duser.language=en", "-printcert", "-file", file("alice.pem"))
                .lines()
                .filter(line -> line.strip().startsWith("SHA"))
                .toList();

        assertThat(lines).hasSizeGreaterThanOrEqualTo(2).allMatch(line -> line.startsWith("\t"));
        for (String line : lines) {
            assertAdmitsAliceOnly(Map.of("store", list(line)));
        }
        assertAdmitsAliceOnly(Map.of("store", list(String.join("\r\n", lines))));
    }

    private static Arguments row(String name, String text) {
        return Arguments.of(name, text);
    }

    private static Arguments refused(String name, String text, String oneOf) {
        return Arguments.of(name, text, List.of(oneOf.split("\\|")));
    }

    private void assertAdmitsAliceOnly(Map<String, String> given) {
        assertThat(decide(given, ALICE)).isNull();
        assertThat(decide(given, BOB)).isIn(Reason.NOT_LISTED, Reason.ENTRY_DISABLED);
    }

    private static Reason decide(Map<String, String> given, TestCertificate client) {
        Verdict verdict = gate(given).decide(FakeExchange.of(client.certificate()));
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    private static String refusal(String store) {
        SettingsException refused = catchThrowableOfType(SettingsException.class, () -> gate(Map.of("store", store)));
        assertThat(refused).as("must not start").isNotNull();
        return refused.getMessage();
    }

    private static Gate gate(Map<String, String> given) {
        return Settings.parse(given, new FakeResources(), InstantSource.system())
                .open(new Counters(), InstantSource.system());
    }

    private String list(String text) throws IOException {
        return Files.writeString(folder.resolve("list.txt"), text).toString();
    }

    private String folderWith(String name, String text) throws IOException {
        Path clients = Files.createDirectories(folder.resolve("clients"));
        Files.writeString(clients.resolve(name), text);
        return clients.toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static String grouped(String hex, int digits, String separator) {
        return hex.replaceAll("(.{" + digits + "})(?!$)", "$1" + separator);
    }

    private static String base64url(String hex) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(hex));
    }
}
