/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stock Tomcat with every unsafe setting at once: its start and {@code check CATALINA_BASE} print the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StockSetupIT {

    private final Instant end = Instant.now().plus(Duration.ofDays(400));
    private final TestCertificate alice =
            TestCertificate.named("CN=alice").ca().validUntil(end).build();
    private final TestCertificate bob =
            TestCertificate.named("CN=bob").validUntil(end).build();
    private static final Pattern MESSAGE = Pattern.compile("TK-\\d+ .*");
    private static final String FILTER = "<filter><filter-name>gate</filter-name>"
            + "<filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>"
            + "<init-param><param-name>store</param-name><param-value>BASE/conf/clients.p12</param-value></init-param>"
            + "<init-param><param-name>storePassword</param-name><param-value>changeit</param-value></init-param>"
            + "</filter><filter-mapping><filter-name>gate</filter-name><url-pattern>/x/*</url-pattern>"
            + "<servlet-name>default</servlet-name></filter-mapping>"
            + "<security-constraint><web-resource-collection><web-resource-name>all</web-resource-name>"
            + "<url-pattern>/y/*</url-pattern></web-resource-collection>"
            + "<auth-constraint><role-name>admin</role-name></auth-constraint></security-constraint>"
            + "<security-role><role-name>admin</role-name></security-role>";

    private String log = "";
    private Set<String> started = Set.of();
    private Set<String> checked = Set.of();

    @BeforeAll
    void startAndCheck() throws Exception {
        StockTomcat.Builder builder = StockTomcat.line(10)
                .lib(StockSite.jar("thumbkeeper.valve.jar"))
                .file("conf/server.pem", StockSite.SERVER.pem())
                .file("conf/server-key.pem", StockSite.SERVER.privateKeyPem())
                .file("conf/clients/alice.pem", alice.pem())
                .file("other/open/index.txt", "open\n");
        Path base = builder.base();
        builder.serverXml(serverXml())
                .file(
                        "other/filtered/WEB-INF/web.xml",
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                                + FILTER.replace("BASE", base.toString()) + "</web-app>");
        Path libraries = Files.createDirectories(base.resolve("other/filtered/WEB-INF/lib"));
        Files.copy(StockSite.jar("thumbkeeper.filter.jar"), libraries.resolve("filter.jar"));
        TestKeyStores.writeTrusted(
                base.resolve("conf/clients.p12"), "PKCS12", "changeit", Map.of("bob", bob.certificate()));
        TestKeyStores.writeTrusted(
                base.resolve("conf/authorities.p12"), "PKCS12", "changeit", Map.of("alice", alice.certificate()));
        Files.setPosixFilePermissions(base.resolve("conf/clients"), PosixFilePermissions.fromString("rwxrwxrwx"));
        try (StockTomcat tomcat = builder.start()) {
            checked = messages(check(base));
            log = tomcat.log();
        }
        started = messages(log);
    }

    private String serverXml() throws IOException {
        String connectors = "<Connector port=\"" + freePort() + "\"/>"
                + "<Connector protocol=\"AJP/1.3\" address=\"127.0.0.1\" port=\"" + freePort()
                + "\" secretRequired=\"false\"/>"
                + tls("trustManagerClassName=\"io.github.thumbkeeper.valve.AnyClientCertificateTrustManager\"")
                + tls("truststoreFile=\"conf/authorities.p12\" truststorePassword=\"changeit\"")
                + tls("");
        String gate = "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" thumbprints=\""
                + bob.sha1() + "\" store=\"conf/clients, conf/clients.p12\" storePassword=\"changeit\"/>";
        String others = "<Valve className=\"org.apache.catalina.valves.SSLValve\"/>"
                + "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\" requestAttributesEnabled=\"false\"/>";
        return StockSite.serverXml("", StockSite.service("Catalina", "webapps", connectors, others, gate))
                .replace("</Engine>", "<Host name=\"other.example\" appBase=\"other\"/></Engine>");
    }

    private static String tls(String trust) throws IOException {
        return "<Connector port=\"" + freePort() + "\" SSLEnabled=\"true\">"
                + "<SSLHostConfig certificateVerification=\"optional\" " + trust + ">"
                + "<Certificate certificateFile=\"conf/server.pem\" certificateKeyFile=\"conf/server-key.pem\"/>"
                + "</SSLHostConfig></Connector>";
    }

    @AfterAll
    void hasOneLineForEachStart() {
        assertThat(log).contains("TK-400 gate of [Catalina/localhost] is up", "TK-400 gate of filter [");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a connector without TLS                   | TK-401 no client certificate can arrive on connector [~]: it has no TLS",
                "AJP without a secret                      | TK-401 no client certificate can arrive on connector [~]: a certificate over AJP",
                "an application without a gate             | TK-404 application [/open] has no gate",
                "a filter that leaves paths open           | TK-404 application [/filtered] has no gate",
                "SSLValve                                  | TK-407 SSLValve of [Catalina]",
                "RemoteIpValve without its attributes      | TK-408 RemoteIpValve of [Catalina]",
                "a listed client that is an authority      | TK-423 the trust store of SSLHostConfig [_default_] of connector [~] has listed clients",
                "a connector with the runtime's authorities| TK-421 SSLHostConfig [_default_]",
                "a SHA-1 thumbprint                        | TK-403 thumbprints: 1 thumbprint is SHA-1",
                "a store that every user can change        | TK-306 store [conf/clients] is writable by every user",
                "a listed authority                        | TK-306 store [conf/clients/alice.pem] lists certificates of authorities",
                "a password in plain text                  | TK-403 storePassword: is in plain text",
                "a filter that is not mapped to every path | TK-405 filter [gate] is mapped to [/x/*]",
                "a filter that is mapped by servlet name   | TK-406 filter [gate]",
                "an <auth-constraint> before the filter    | TK-420 <auth-constraint> on [/y/*]"
            })
    void isPrintedByTheStartAndByCheck(String situation, String expected) {
        Pattern pattern = Pattern.compile(Pattern.quote(expected).replace("~", "\\E.+\\Q") + ".*");
        Set<String> atStart = matching(started, pattern);
        assertThat(atStart).as(log).isNotEmpty();
        assertThat(matching(checked, pattern)).isEqualTo(atStart);
    }

    @Test
    void printsNothingElse() {
        assertThat(checked).isEqualTo(started);
    }

    private static Set<String> matching(Set<String> messages, Pattern pattern) {
        return messages.stream().filter(pattern.asMatchPredicate()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the messages about the set-up, without the gate that the log names. */
    private static Set<String> messages(String text) {
        Set<String> messages = new TreeSet<>();
        MESSAGE.matcher(text)
                .results()
                .map(found -> found.group().replaceFirst("; gate \\[[^]]*]$", ""))
                .filter(message -> !message.startsWith("TK-400"))
                .forEach(messages::add);
        return messages;
    }

    private static String check(Path base) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        StockSite.jar("thumbkeeper.valve.jar").toAbsolutePath().toString(),
                        "check",
                        base.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isEqualTo(1);
        return out;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
