/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Reads a folder in a Java process whose locale cannot represent the names of its files. */
class UnknownFileNamesTest {

    private static final TestCertificate MUELLER =
            TestCertificate.named("CN=mueller").build();
    private static final TestCertificate MOELLER =
            TestCertificate.named("CN=moeller").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    Path folder;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @DisplayName("with LC_ALL=C such files are read with their labels, and every other file's change counts")
    void readsFilesWhoseNamesTheLocaleCannotRepresent() throws Exception {
        MUELLER.writePem(named("m%C3%BCller.pem"));
        MOELLER.writePem(named("m%C3%B6ller.pem"));
        BOB.writePem(folder.resolve("bob.pem"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                folder.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(printed.lines())
                .containsExactlyInAnyOrder(
                        "before bob",
                        "before m\u00FCller",
                        "before m\u00F6ller",
                        "after m\u00FCller",
                        "after m\u00F6ller");
    }

    private Path named(String escaped) {
        return Path.of(URI.create(folder.toUri() + escaped));
    }

    /** Opens a gate over a folder, prints who is admitted, removes {@code bob.pem} and prints it again. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            List<X509Certificate> all = certificates(folder);
            Gate gate = Settings.parse(Map.of("store", folder.toString()), new FakeResources(), InstantSource.system())
                    .open(new Counters(), InstantSource.system(), System::nanoTime);
            print("before", gate, all);
            Files.delete(folder.resolve("bob.pem"));
            gate.refresh();
            print("after", gate, all);
        }

        private static List<X509Certificate> certificates(Path folder) throws Exception {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> all = new java.util.ArrayList<>();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    try (var in = Files.newInputStream(file)) {
                        all.add((X509Certificate) factory.generateCertificate(in));
                    }
                }
            }
            return all;
        }

        private static void print(String when, Gate gate, List<X509Certificate> all) throws IOException {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            for (X509Certificate each : all) {
                if (gate.decide(FakeExchange.of(each)) instanceof Verdict.Admitted admitted) {
                    out.println(when + " " + admitted.identity().name());
                }
            }
        }
    }
}
