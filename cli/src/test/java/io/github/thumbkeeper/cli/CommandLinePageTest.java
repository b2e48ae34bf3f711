/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the transcripts in docs/command-line.md and compares the output. With the system property {@code
 * thumbkeeper.write=true} it writes the transcripts instead.
 */
class CommandLinePageTest {

    private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "..", "docs", "command-line.md");
    private static final Pattern TRANSCRIPT =
            Pattern.compile("^```console\\n\\$ thumbkeeper ([^\\n]*)\\n.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final List<String> FILES = List.of("alice.pem", "mallory.pem", "clients", "partners.list", "tomcat");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2046-01-01T00:00:00Z");
    private static final String SERVER_XML = """
            <Server>
              <Service name="Catalina">
                <Connector port="8443" SSLEnabled="true">
                  <SSLHostConfig certificateVerification="optional" truststoreFile="conf/authorities.p12"/>
                </Connector>
                <Connector port="8080"/>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps">
                    <Valve className="io.github.thumbkeeper.valve.ClientCertificateValve" store="conf/clients"/>
                  </Host>
                </Engine>
              </Service>
            </Server>
            """;

    @TempDir
    private Path folder;

    @Test
    void transcriptsAreReal() throws IOException {
        prepare();
        String page = Files.readString(PAGE);
        Matcher matcher = TRANSCRIPT.matcher(page);
        List<String> commands = new ArrayList<>();
        String written = matcher.replaceAll(found -> {
            commands.add(found.group(1));
            return Matcher.quoteReplacement(transcript(found.group(1)));
        });
        if (Boolean.getBoolean("thumbkeeper.write")) {
            Files.writeString(PAGE, written);
        }

        assertThat(commands).hasSizeGreaterThan(6);
        assertThat(Files.readString(PAGE)).isEqualTo(written);
    }

    private void prepare() throws IOException {
        TestCertificate alice = certificate("CN=alice");
        TestCertificate bob = certificate("CN=bob,O=Example");
        Path clients = Files.createDirectories(folder.resolve("clients"));
        Path conf = Files.createDirectories(folder.resolve("tomcat/conf/clients"));
        for (Path each : List.of(folder, clients, conf)) {
            alice.writePem(each.resolve("alice.pem"));
        }
        bob.writePem(clients.resolve("bob#2026.pem"));
        certificate("CN=mallory").writePem(folder.resolve("mallory.pem"));
        Files.writeString(
                folder.resolve("partners.list"),
                certificate("CN=carol").sha256() + " label=carol roles=orders,admin until=2045-01-01T00:00:00Z\n"
                        + certificate("CN=dave").sha256() + " label=dave disabled\n");
        Files.writeString(folder.resolve("tomcat/conf/server.xml"), SERVER_XML);
    }

    private static TestCertificate certificate(String name) {
        return TestCertificate.named(name).validFrom(FROM).validUntil(UNTIL).build();
    }

    private String transcript(String command) {
        String[] arguments = command.split(" ");
        for (int i = 0; i < arguments.length; i++) {
            if (FILES.contains(arguments[i])) {
                arguments[i] = folder.resolve(arguments[i]).toString();
            }
        }
        ToolRun run = ToolRun.of(arguments);
        return "```console\n$ thumbkeeper " + command + "\n" + stable(run.err()) + stable(run.out()) + "$ echo $?\n"
                + run.status() + "\n```";
    }

    /** Removes what differs from run to run: digests, the time of reading and the folder. */
    private String stable(String text) {
        return text.replace(folder + "/", "")
                .replaceAll("sha256:[0-9a-f]{64}", "sha256:9f86d0…")
                .replaceAll("thumbprint {60,}", "thumbprint      ")
                .replaceAll("sha256/[A-Za-z0-9+/]{43}=", "sha256/n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=")
                .replaceAll(
                        "([0-9A-F]{2}:){19}[0-9A-F]{2}", "A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3")
                .replaceAll("loaded 20[-0-9T:.]+Z", "loaded 2026-11-28T12:00:00Z")
                .replaceAll(" +\n", "\n");
    }
}
