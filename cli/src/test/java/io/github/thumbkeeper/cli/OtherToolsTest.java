/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thumbprints of 200 certificates agree with those that OpenSSL and keytool print. */
@Slow
class OtherToolsTest {

    private static final int CERTIFICATES = 200;
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    private static final List<TestCertificate> ALL = new ArrayList<>();

    @BeforeAll
    static void makeCertificates() {
        for (int i = 0; i < CERTIFICATES; i++) {
            TestCertificate.Builder builder = TestCertificate.named("CN=client " + i + ",O=Exämple");
            TestCertificate certificate =
                    (i % 40 == 0 ? builder.rsa(2048) : i % 10 == 1 ? builder.ed25519() : builder).build();
            certificate.writePem(file(i));
            ALL.add(certificate);
        }
    }

    @Test
    @NeedsProgram
    void agreesWithOpenSsl() throws Exception {
        String openssl = OutsideProgram.OPENSSL.path();
        for (String algorithm : List.of("sha256", "sha1")) {
            String ours = ToolRun.of("thumbprint", "--format=colon", "--algorithm", algorithm, folder.toString())
                    .out();
            List<String> theirs = new ArrayList<>();
            for (int i = 0; i < CERTIFICATES; i++) {
                String out = run(openssl, "x509", "-noout", "-fingerprint", "-" + algorithm, "-in", file(i).toString());
                theirs.add(out.strip().replaceFirst(".*=", "") + "  " + label(i) + "  " + folder);
            }
            assertThat(ours.lines()).hasSize(CERTIFICATES).containsExactlyInAnyOrderElementsOf(theirs);
        }
    }

    @Test
    void agreesWithKeytool(@TempDir Path elsewhere) throws Exception {
        Map<String, X509Certificate> entries = new LinkedHashMap<>();
        for (int i = 0; i < CERTIFICATES; i++) {
            entries.put(label(i), ALL.get(i).certificate());
        }
        Path keys = elsewhere.resolve("keys.p12");
        TestKeyStores.writeTrusted(keys, "PKCS12", PASSWORD, entries);
        Path password = Files.writeString(elsewhere.resolve("password"), PASSWORD);
        String listing = run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.language=en",
                "-list",
                "-v",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);

        for (String algorithm : List.of("SHA256", "SHA1")) {
            List<String> theirs = Pattern.compile(algorithm + ": ([0-9A-F:]+)")
                    .matcher(listing)
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            ToolRun run = ToolRun.of(
                    "thumbprint",
                    "--format=colon",
                    "--algorithm",
                    algorithm.toLowerCase(Locale.ROOT),
                    "--password-file",
                    password.toString(),
                    keys.toString());
            assertThat(run.out().lines().map(line -> line.substring(0, line.indexOf(' '))))
                    .hasSize(CERTIFICATES)
                    .containsExactlyInAnyOrderElementsOf(theirs);
        }
    }

    private static Path file(int i) {
        return folder.resolve(label(i) + ".pem");
    }

    private static String label(int i) {
        return "client" + i;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }
}
