/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.naming.CompositeName;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Key stores, and the ways in which their passwords are given, in each place that takes them. */
@Slow
class PasswordFormsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String WORD = "s3cret-Word";
    private static final String WRONG = "does not open: the password is wrong, or the file is damaged";

    private static final Map<String, byte[]> MADE = new HashMap<>();

    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    /** A place that names a key store. */
    private enum Place {
        STORE("storePassword", keys -> Map.of("store", keys)),
        DENY("storePassword", keys -> Map.of("thumbprints", ALICE.sha256(), "deny", keys)),
        TRUST(
                "trustStorePassword",
                keys -> Map.of("thumbprints", ALICE.sha256(), "validateTrust", "true", "trustStore", keys)),
        JNDI("password", keys -> Map.of("path", keys));

        private final String password;

        @SuppressWarnings("ImmutableEnumChecker") // a function without state
        private final Function<String, Map<String, String>> settings;

        Place(String password, Function<String, Map<String, String>> settings) {
            this.password = password;
            this.settings = settings;
        }

        /** Opens the key store; throws what is thrown to the administrator. */
        void open(Path keys, Map<String, String> password) throws Exception {
            Map<String, String> given = new HashMap<>(settings.apply(keys.toString()));
            password.forEach((suffix, value) -> given.put(this.password + suffix, value));
            if (this == JNDI) {
                Reference reference = new Reference(KeyStore.class.getName());
                given.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
                KeyStore bound = (KeyStore)
                        new KeyStoreFactory().getObjectInstance(reference, new CompositeName("clients"), null, null);
                assertThat(bound.getCertificateAlias(ALICE.certificate())).isNotNull();
                return;
            }
            Gate gate = Settings.parse(given, new FakeResources(), InstantSource.system())
                    .open(new Counters(), InstantSource.system());
            Verdict verdict = gate.decide(FakeExchange.of(ALICE.certificate()));
            if (this == DENY) {
                assertThat(verdict)
                        .isInstanceOfSatisfying(
                                Verdict.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(Reason.DENIED));
            } else {
                assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
            }
        }
    }

    static Stream<Arguments> filesThatOpen() {
        return Stream.of(
                file("printf", WORD),
                file("echo", WORD + "\n"),
                file("an editor of Windows", WORD + "\r\n"),
                file("old macOS", WORD + "\r"),
                file("more lines", WORD + "\nsecond line\n"),
                file("Notepad, PowerShell 5.1 Out-File -Encoding utf8", "\uFEFF" + WORD + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("these password files open the key store in each place")
    @MethodSource("filesThatOpen")
    void opensWithFile(String name, byte[] content) throws Exception {
        for (Place place : Place.values()) {
            place.open(keys("PKCS12", WORD), Map.of("File", write(content)));
        }
    }

    static Stream<Arguments> filesThatDoNotOpen() {
        String utf16 = "is text in UTF-16; save it as UTF-8";
        return Stream.of(
                encoded("PowerShell 5.1, >", StandardCharsets.UTF_16LE, "\uFEFF" + WORD + "\r\n", utf16),
                encoded("Notepad, UTF-16 BE", StandardCharsets.UTF_16BE, "\uFEFF" + WORD + "\r\n", utf16),
                encoded("UTF-16 without mark", StandardCharsets.UTF_16LE, WORD + "\r\n", utf16),
                encoded("Windows-1252", StandardCharsets.ISO_8859_1, "W\u00F6rter\r\n", "is not UTF-8 text; save it"),
                wrong("cmd, echo WORD > file", WORD + " \r\n", "the password ends in a blank, which is part of it"),
                wrong("a tab at the end", WORD + "\t\n", "the password ends in a blank"),
                wrong("a no-break space at the end", WORD + "\u00A0\n", "the password ends in a blank"),
                wrong("a blank in front", " " + WORD + "\n", "the password begins with a blank"),
                wrong("cmd, echo \"WORD\">file", "\"" + WORD + "\"\r\n", "the password is in quotes"),
                wrong("single quotes", "'" + WORD + "'\n", "the password is in quotes"),
                wrong("a blank line in front", "\n" + WORD + "\n", "the password is empty"),
                wrong("empty", "", "the password is empty"),
                wrong("a line break only", "\r\n", "the password is empty"),
                wrong("a mark at the end", WORD + "\u200B\n", "the password has an invisible character"),
                wrong("two marks in front", "\uFEFF\uFEFF" + WORD, "the password has an invisible character"),
                wrong("padded with zeros", WORD + "\0\0\0", "the password has an invisible character"),
                wrong("beyond ASCII", "s\u00E9cret", "the password has characters beyond ASCII"),
                wrong("another password", "changeme", WRONG),
                wrong("base64, as in a Secret of Kubernetes", "czNjcmV0LVdvcmQ=", WRONG),
                wrong("as in a properties file", "password=" + WORD, WRONG),
                wrong("a comment in front", "# password\n" + WORD, WRONG),
                wrong("a certificate", ALICE.pem(), WRONG));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("these password files do not open the key store, and the message says why")
    @MethodSource("filesThatDoNotOpen")
    void doesNotOpenWithFile(String name, byte[] content, String why) {
        for (Place place : Place.values()) {
            for (String type : List.of("PKCS12", "JKS")) {
                String message = refusal(place, keys(type, WORD), Map.of("File", write(content)));

                assertThat(message).contains(why, place.password + "File").doesNotContain(WORD, "czNj", "changeme");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a password that is written as the setting itself gets the same hints")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "s3cret-Word |; the password ends in a blank, which is part of it",
                " s3cret-Word|; the password begins with a blank, which is part of it",
                "\"s3cret-Word\"|; the password is in quotes, which are part of it",
                "s3cret-Word\u200B|; the password has an invisible character, which is part of it",
                "''|; the password is empty",
                "' '|; the password ends in a blank, which is part of it",
                "S3CRET-WORD|the password is wrong, or the file is damaged"
            })
    void doesNotOpenWithText(String text, String why) {
        for (Place place : Place.values()) {
            for (String type : List.of("PKCS12", "JKS")) {
                assertThat(refusal(place, keys(type, WORD), Map.of("", text)))
                        .contains("[" + place.password + "] " + WRONG, why)
                        .doesNotContain(WORD, "S3CRET");
            }
        }
    }

    static Stream<Arguments> emptyPasswords() {
        return Stream.of(
                Arguments.of("PKCS12 of the JDK", made("PKCS12", "")),
                Arguments.of("JKS", made("JKS", "")),
                Arguments.of("PKCS12 with the ciphers of old", legacy("")),
                Arguments.of("PKCS12 with a MAC only", unencrypted("", null)),
                Arguments.of("PKCS12 without a password", unencrypted("", "NONE")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the empty password, as text or as file, opens the key store in each place")
    @MethodSource("emptyPasswords")
    void opensWithTheEmptyPassword(String name, byte[] keyStore) throws Exception {
        Path keys = Files.write(folder.resolve("keys"), keyStore);
        for (Place place : Place.values()) {
            place.open(keys, Map.of("", ""));
            for (String empty : List.of("", "\n", "\r\n", "\uFEFF")) {
                place.open(keys, Map.of("File", write(empty.getBytes(StandardCharsets.UTF_8))));
            }
            assertThat(refusal(place, keys, Map.of()))
                    .contains("key store and no password is set; set [" + place.password + "] or [" + place.password
                            + "File]; for a key store without a password, or with the empty one, set "
                            + place.password + "=\"\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @DisplayName("a key store with a password does not open with the empty one, nor the reverse")
    void keepsEmptyAndOtherPasswordsApart(Place place) {
        for (String type : List.of("PKCS12", "JKS")) {
            assertThat(refusal(place, keys(type, WORD), Map.of("", ""))).contains(WRONG, "the password is empty");
            assertThat(refusal(place, keys(type, ""), Map.of("", WORD))).contains(WRONG);
            assertThat(refusal(place, keys(type, ""), Map.of("", " "))).contains(WRONG, "ends in a blank");
        }
    }

    @Test
    @NeedsProgram
    @DisplayName("opens what OpenSSL makes with the empty password, with a MAC and without")
    void opensKeyStoresOfOpenssl() throws Exception {
        String openssl = OutsideProgram.OPENSSL.path();
        ALICE.writePem(folder.resolve("alice.pem"));
        Files.writeString(folder.resolve("alice.key"), ALICE.privateKeyPem());
        for (List<String> options : List.of(
                List.<String>of(),
                List.of("-nomac"),
                List.of("-certpbe", "NONE"),
                List.of("-certpbe", "NONE", "-nomac"),
                List.of("-macalg", "sha512"))) {
            Path keys = folder.resolve("openssl.p12");
            List<String> command = new ArrayList<>(List.of(openssl, "pkcs12", "-export", "-passout", "pass:"));
            command.addAll(List.of("-in", folder + "/alice.pem", "-inkey", folder + "/alice.key", "-out", keys + ""));
            command.addAll(options);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(options + output).isZero();

            Settings.parse(
                            Map.of("store", keys.toString(), "storePassword", "", "includeKeyEntries", "true"),
                            new FakeResources(),
                            InstantSource.system())
                    .open(new Counters(), InstantSource.system());
        }
    }

    static Stream<Arguments> unknownAlgorithms() {
        String known = "is a PKCS12 key store with a MAC or encryption that this Java runtime does not know (";
        // Java 17 throws what it also throws for a damaged file, and Java 25 names the algorithm.
        String other = " a PKCS12 key store";
        return Stream.of(
                Arguments.of("a MAC that no runtime has", withMac("1.3.6.1.4.1.99999.1"), known),
                Arguments.of("a MAC of SHAKE128", withMac("2.16.840.1.101.3.4.2.11"), known),
                Arguments.of("MD2 as the MAC", withMac("1.2.840.113549.2.2"), known),
                Arguments.of(
                        "an encryption that no runtime has",
                        changed("2A864886F70D01050D", "2A864886F70D010563"),
                        other),
                Arguments.of(
                        "a cipher that no runtime has", changed("60864801650304012A", "608648016503040163"), other),
                Arguments.of(
                        "a hash of keys that no runtime has", changed("2A864886F70D0209", "2A864886F70D0263"), other),
                Arguments.of("PBMAC1 without parameters (RFC 9579)", withMac("1.2.840.113549.1.5.14"), ""));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("an unknown MAC or encryption is reported with the reason that the Java runtime gives")
    @MethodSource("unknownAlgorithms")
    void givesTheReasonOfTheRuntime(String name, byte[] keyStore, String before) throws Exception {
        Path keys = Files.write(folder.resolve("keys"), keyStore);
        Throwable innermost = catchThrowable(
                () -> KeyStore.getInstance("PKCS12").load(new ByteArrayInputStream(keyStore), WORD.toCharArray()));
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        for (Place place : Place.values()) {
            assertThat(refusal(place, keys, Map.of("", WORD)))
                    .contains(before, "(" + innermost.getMessage() + ")")
                    .doesNotContain(WORD);
        }
    }

    /** Returns all that the administrator sees of a key store that does not open. */
    private String refusal(Place place, Path keys, Map<String, String> password) {
        Throwable refused = catchThrowable(() -> place.open(keys, password));
        assertThat(refused).as(place + " must not open").isNotNull().isNotInstanceOf(AssertionError.class);
        StringBuilder all = new StringBuilder(log.text());
        for (Throwable each = refused; each != null; each = each.getCause()) {
            all.append(each).append('\n');
        }
        return all.toString();
    }

    private Path keys(String type, String password) {
        try {
            return Files.write(folder.resolve("keys." + type), made(type, password));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String write(byte[] content) {
        try {
            return Files.write(folder.resolve("pw"), content).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Arguments file(String name, String content) {
        return Arguments.of(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static Arguments wrong(String name, String content, String why) {
        return encoded(name, StandardCharsets.UTF_8, content, why);
    }

    private static Arguments encoded(String name, Charset encoding, String content, String why) {
        return Arguments.of(name, content.getBytes(encoding), why);
    }

    /** Makes each key store once, with few iterations, because opening it must be fast. */
    private static byte[] made(String type, String password) {
        return MADE.computeIfAbsent(
                type + password,
                key -> withProperties(
                        Map.of("keystore.pkcs12.certPbeIterationCount", "1", "keystore.pkcs12.macIterationCount", "1"),
                        type,
                        password));
    }

    private static byte[] legacy(String password) {
        return withProperties(Map.of("keystore.pkcs12.legacy", ""), "PKCS12", password);
    }

    private static byte[] unencrypted(String password, String mac) {
        Map<String, String> properties = new HashMap<>(Map.of("keystore.pkcs12.certProtectionAlgorithm", "NONE"));
        if (mac != null) {
            properties.put("keystore.pkcs12.macAlgorithm", mac);
        }
        return withProperties(properties, "PKCS12", password);
    }

    private static byte[] withProperties(Map<String, String> properties, String type, String password) {
        properties.forEach(System::setProperty);
        try {
            KeyStore keys = KeyStore.getInstance(type);
            keys.load(null, null);
            keys.setCertificateEntry("alice", ALICE.certificate());
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            keys.store(out, password.toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        } finally {
            properties.keySet().forEach(System::clearProperty);
        }
    }

    private static byte[] withMac(String algorithm) {
        try {
            Pfx whole = Pfx.getInstance(made("PKCS12", WORD));
            MacData mac = whole.getMacData();
            DigestInfo digest = new DigestInfo(
                    new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm)),
                    mac.getMac().getDigest());
            MacData other =
                    new MacData(digest, mac.getSalt(), mac.getIterationCount().intValueExact());
            return new Pfx(whole.getAuthSafe(), other).getEncoded();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] changed(String from, String to) {
        byte[] keys = made("PKCS12", WORD).clone();
        byte[] old = HexFormat.of().parseHex(from);
        byte[] now = HexFormat.of().parseHex(to);
        for (int i = 0; i <= keys.length - old.length; i++) {
            if (Arrays.equals(keys, i, i + old.length, old, 0, old.length)) {
                System.arraycopy(now, 0, keys, i, now.length);
                return keys;
            }
        }
        throw new AssertionError("the key store lacks " + from);
    }
}
