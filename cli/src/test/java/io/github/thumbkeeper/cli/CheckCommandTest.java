/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Secret;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks what is found in the files of a Tomcat: in each kind of file, and in a whole base folder. */
class CheckCommandTest {

    private static final String VALVE = "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" ";
    private static final String PERMISSIVE =
            "trustManagerClassName=\"io.github.thumbkeeper.valve.AnyClientCertificateTrustManager\"";
    private static final String FILTER = """
            <filter>
              <filter-name>gate</filter-name>
              <filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>
              <init-param><param-name>thumbprints</param-name><param-value>THUMBPRINT</param-value></init-param>
            </filter>
            """;
    private static final String EVERY_PATH =
            "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
    private static final String LOGIN = "<login-config><auth-method>CLIENT-CERT</auth-method></login-config>";

    private final TestCertificate alice = TestCertificate.named("CN=alice")
            .validUntil(Instant.now().plus(Duration.ofDays(400)))
            .build();

    @TempDir
    private Path base;

    @BeforeEach
    void makeStore() throws IOException {
        Files.createDirectories(base.resolve("conf/clients"));
        Files.createDirectories(base.resolve("webapps"));
        alice.writePem(base.resolve("conf/clients/alice.pem"));
    }

    @Test
    void refusesToRunWithoutSettings() {
        ToolRun run = ToolRun.of("check");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("check needs SETTINGS; expected a properties file, server.xml");
    }

    @Test
    void refusesWhatIsNotThereOrNotATomcat() {
        assertFound(check(base.resolve("missing").toString()), "ERROR", "does not exist");
        assertFound(check(base.toString()), "ERROR", "is a folder without conf/server.xml");
    }

    @Test
    void reportsEveryProblemOfAPropertiesFile() throws IOException {
        ToolRun run = check(write("conf/gate.properties", "thumbprint=x\nclockSkew=2\nstorePassword=x\n"));

        assertFound(run, "ERROR", "TK-202", "did you mean [thumbprints]?");
        assertFound(run, "ERROR", "TK-203 clockSkew: [2]");
    }

    @Test
    void readsPathsOfAPropertiesFileInConfRelativeToTheBase() throws IOException {
        ToolRun run = check(write("conf/gate.properties", "store=conf/clients\n"));

        assertThat(run.out()).contains("OK", "would start", "[conf/clients] 1 ");
        assertThat(run.status()).isZero();
        assertFound(check(write("conf/gate.properties", "store=conf/nobody\n")), "ERROR", "TK-302", "does not exist");
    }

    @Test
    void saysWhatEndsSoon() throws IOException {
        TestCertificate.named("CN=bob")
                .validUntil(Instant.now().plus(Duration.ofDays(3)))
                .build()
                .writePem(base.resolve("conf/clients/bob.pem"));

        assertFound(check(write("conf/gate.properties", "store=conf/clients\n")), "WARNING", "[bob]", "ends in 2 days");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("what no file may hide: XML that is broken, of another kind, or with an external entity")
    @CsvSource(
            delimiter = '|',
            value = {
                "conf/server.xml | <Server> | is not well-formed XML",
                "conf/server.xml | <!DOCTYPE Server [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Server>&x;</Server> | or uses entities",
                "conf/other.xml | <beans/> | begins with <beans>; expected <Server>, <Context> or <web-app>",
                "conf/context.xml | <Context/> | no gate is configured"
            })
    void refusesXmlThatItDoesNotUnderstand(String file, String xml, String why) throws IOException {
        ToolRun run = check(write(file, xml));

        assertFound(run, "ERROR", why);
        assertThat(run.out()).doesNotContain("root:");
    }

    @Test
    void findsTheValveOfAnEngineAHostAndEveryApplication() throws IOException {
        server(
                "SSLEnabled=\"true\"",
                "certificateVerification=\"optional\" truststoreFile=\"ca.p12\"",
                gate(""),
                gate(""),
                "");
        write("webapps/shop/META-INF/context.xml", "<Context>" + gate("") + "</Context>");
        write("webapps/docs/WEB-INF/web.xml", webXml(EVERY_PATH));
        write("conf/Catalina/localhost/a#b.xml", "<Context docBase=\"/x\">" + gate("") + "</Context>");
        war("packed.war", "META-INF/context.xml", "<Context>" + gate("") + "</Context>");

        ToolRun run = check(base.toString());

        assertThat(run.out().lines())
                .allMatch(line -> line.startsWith("OK"))
                .hasSize(6)
                .anyMatch(line -> line.contains("Engine [Catalina]: would start"))
                .anyMatch(line -> line.contains("Host [localhost]: would start"))
                .anyMatch(line -> line.contains("application [/shop]: would start"))
                .anyMatch(line -> line.contains("filter [gate] of application [/docs]: would start"))
                .anyMatch(line -> line.contains("application [/a/b]: would start"))
                .anyMatch(line -> line.contains("application [/packed]: would start"));
        assertThat(run.status()).isZero();
    }

    @Test
    void replacesPropertiesLikeTomcat() throws IOException {
        write("conf/catalina.properties", "stores=conf/clients\n");
        server(
                "SSLEnabled=\"true\"",
                "certificateVerification=\"required\" truststoreFile=\"ca.p12\"",
                "",
                VALVE + "store=\"${stores}\"/>",
                "");
        assertThat(check(base.toString()).status()).isZero();

        server(
                "SSLEnabled=\"true\"",
                "certificateVerification=\"required\" truststoreFile=\"ca.p12\"",
                "",
                VALVE + "store=\"${other}\"/>",
                "");
        assertFound(check(base.toString()), "ERROR", "TK-203 store: [${other}]");
    }

    @Test
    void findsResourcesThatFilesDeclare() throws IOException {
        String resources = "<Resource name=\"cert/clients\" type=\"java.security.KeyStore\""
                + " factory=\"io.github.thumbkeeper.jndi.KeyStoreFactory\" path=\"conf/clients\"/>"
                + "<Resource name=\"jdbc/clients\" type=\"javax.sql.DataSource\"/>";
        String tls = "certificateVerification=\"required\" truststoreFile=\"ca.p12\"";
        server("SSLEnabled=\"true\"", tls, "", VALVE + "store=\"jndi:cert/clients\"/>", resources);
        assertThat(check(base.toString()).out()).contains("would start: [jndi:cert/clients] 1 ");

        server("SSLEnabled=\"true\"", tls, "", VALVE + "store=\"jndi:jdbc/clients\"/>", resources);
        assertThat(check(base.toString()).out())
                .contains("[jndi:jdbc/clients] is a [javax.sql.DataSource], which only a running server has");

        server("SSLEnabled=\"true\"", tls, "", VALVE + "store=\"jndi:cert/other\"/>", resources);
        assertFound(check(base.toString()), "ERROR", "TK-302");
    }

    @Test
    void warnsOfAConnectorOnWhichNoCertificateCanArrive() throws IOException {
        server("", "certificateVerification=\"required\" truststoreFile=\"ca.p12\"", "", gate(""), "");
        assertFound(check(base.toString()), "WARNING", "TK-401", "Connector[HTTP/1.1-8443]", "it has no TLS");

        server("protocol=\"AJP/1.3\" secretRequired=\"false\"", "", "", gate(""), "");
        assertFound(check(base.toString()), "WARNING", "TK-401", "Connector[AJP/1.3-8443]", "secretRequired=");
    }

    @Test
    void warnsOfAHandshakeThatThePublicAuthoritiesDecide() throws IOException {
        server("SSLEnabled=\"true\"", "certificateVerification=\"optional\"", "", gate(""), "");

        assertFound(check(base.toString()), "WARNING", "TK-421 SSLHostConfig [_default_] of connector");
    }

    @Test
    void findsApplicationsThatAPermissiveHandshakeLeavesOpen() throws IOException {
        server("SSLEnabled=\"true\"", "certificateVerification=\"optional\" " + PERMISSIVE, "", "", "");
        write("webapps/open/index.html", "");
        write("webapps/partly/WEB-INF/web.xml", webXml(EVERY_PATH.replace("/*", "/api/*")));
        write("webapps/late/WEB-INF/web.xml", webXml(EVERY_PATH + LOGIN));
        write("webapps/guarded/WEB-INF/web.xml", webXml(EVERY_PATH));

        ToolRun run = check(base.toString());

        assertFound(run, "ERROR", "TK-404 application [/open] has no gate");
        assertFound(run, "ERROR", "TK-404 application [/partly] has no gate");
        assertFound(run, "ERROR", "TK-404 application [/late] has no gate", "only the valve runs early enough");
        assertFound(run, "WARNING", "TK-405 filter [gate] is mapped to [/api/*]");
        assertFound(run, "WARNING", "TK-417");
        assertThat(run.out()).doesNotContain("application [/guarded] has no gate");
    }

    @Test
    void findsLoginsThatTrustSubjectsNothingHasVerified() throws IOException {
        server("SSLEnabled=\"true\"", "certificateVerification=\"optionalNoCA\"", "", gate("mode=\"report\""), "");
        write("webapps/shop/WEB-INF/web.xml", "<web-app>" + LOGIN + "</web-app>");
        assertFound(check(base.toString()), "ERROR", "TK-402 application [/shop] has <auth-method>CLIENT-CERT");

        write("webapps/shop/WEB-INF/web.xml", "<web-app/>");
        write(
                "webapps/shop/META-INF/context.xml",
                "<Context><Valve className=\"org.apache.catalina.authenticator.BasicAuthenticator\"/>" + gate("")
                        + "</Context>");
        assertFound(
                check(base.toString()), "ERROR", "TK-402 application [/shop] has an authenticator before this valve");
    }

    @Test
    void warnsOfValvesThatDeceive() throws IOException {
        server(
                "SSLEnabled=\"true\"",
                "certificateVerification=\"required\" truststoreFile=\"ca.p12\"",
                "<Valve className=\"org.apache.catalina.valves.SSLValve\"/>",
                "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\" requestAttributesEnabled=\"false\"/>"
                        + gate("store=\"conf/clients\" storePassword=\"hunter2-hunter2\""),
                "");

        ToolRun run = check(base.toString());

        assertFound(run, "WARNING", "TK-407 SSLValve of [Catalina]");
        assertFound(run, "WARNING", "TK-408 RemoteIpValve of [localhost]");
        assertFound(run, "WARNING", "TK-403 storePassword: is in plain text in the configuration");
        assertThat(run.out() + run.err()).doesNotContain("hunter2");
    }

    @Test
    void findsAFilterWithoutMappingAndWithRelativePaths() throws IOException {
        assertFound(check(write("WEB-INF/web.xml", webXml(""))), "ERROR", "TK-405", "without a mapping");
        assertFound(
                check(write(
                        "WEB-INF/web.xml",
                        webXml(EVERY_PATH).replace("thumbprints", "store").replace(alice.sha256(), "clients"))),
                "ERROR",
                "is relative; expected an absolute path or /WEB-INF/...");
    }

    @Test
    void warnsOfWhatAFilterCannotSatisfy() throws IOException {
        String constraint = "<security-constraint><web-resource-collection><url-pattern>/admin/*</url-pattern>"
                + "</web-resource-collection><auth-constraint><role-name>admin</role-name></auth-constraint>"
                + "</security-constraint>";
        ToolRun run = check(write("WEB-INF/web.xml", webXml(EVERY_PATH + constraint)));
        assertFound(run, "WARNING", "TK-420 <auth-constraint> on [/admin/*] for the roles [admin]");

        String format =
                "<init-param><param-name>errorFormat</param-name><param-value>container</param-value></init-param></filter>";
        ToolRun page = check(write("WEB-INF/web.xml", webXml(EVERY_PATH).replace("</filter>", format)));
        assertFound(page, "WARNING", "TK-418 errorFormat=container: web.xml declares no error page for status [401]");
    }

    @Test
    void warnsOfWeakAndWritableStores() throws IOException {
        Path list = Files.writeString(base.resolve("conf/partners.list"), alice.sha1() + " label=alice\n");
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-rw-rw-"));

        ToolRun run = check(write("conf/gate.properties", "store=conf/partners.list\n"));

        assertFound(run, "WARNING", "SHA-1");
        assertFound(run, "WARNING", "is writable by every user of this machine");
    }

    @Test
    void printsJson() throws IOException {
        ToolRun run = ToolRun.of("check", "--json", write("conf/gate.properties", "store=conf/nobody\n"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("[")
                .contains("\"level\": \"ERROR\"", "\"code\": \"TK-302\"", "\"text\": \"TK-302 ");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("no secret appears, whatever names the wrong file")
    @MethodSource("io.github.thumbkeeper.testkit.Secret#all")
    void showsNoSecret(Secret secret) throws IOException {
        Path file = Files.write(base.resolve("conf/pw"), secret.bytes());
        TestKeyStores.writeTrusted(base.resolve("keys.p12"), "PKCS12", "another", Map.of("a", alice.certificate()));
        String xml = "<Context>" + VALVE + "store=\"conf/pw\" deny=\"conf/pw\" storePasswordFile=\"conf/pw\"/>" + VALVE
                + "settingsFile=\"conf/pw\"/>" + VALVE + "store=\"keys.p12\" storePasswordFile=\"conf/pw\"/></Context>";
        String context = write("conf/context.xml", xml);

        for (ToolRun run : new ToolRun[] {
            check(file.toString()),
            check(context),
            ToolRun.of("check", "--json", context),
            ToolRun.of("explain", context, file.toString()),
            ToolRun.of(
                    "explain", context, base.resolve("conf/clients/alice.pem").toString()),
            ToolRun.of("list", file.toString())
        }) {
            assertThat(run.status()).isNotZero();
            secret.assertNotIn(run.out() + run.err());
        }
    }

    private String gate(String more) {
        return VALVE + "thumbprints=\"" + alice.sha256() + "\" " + more + "/>";
    }

    private String webXml(String mapping) {
        return "<?xml version=\"1.0\"?>\n<web-app>" + FILTER.replace("THUMBPRINT", alice.sha256()) + mapping
                + "</web-app>";
    }

    private void server(String connector, String tls, String engineValve, String hostValve, String resources)
            throws IOException {
        write(
                "conf/server.xml",
                "<Server><GlobalNamingResources>" + resources + "</GlobalNamingResources><Service name=\"Catalina\">"
                        + "<Connector port=\"8443\" " + connector + "><SSLHostConfig " + tls + "/></Connector>"
                        + "<Engine name=\"Catalina\" defaultHost=\"localhost\">" + engineValve
                        + "<Host name=\"localhost\" appBase=\"webapps\">" + hostValve
                        + "</Host></Engine></Service></Server>");
    }

    private String write(String name, String text) throws IOException {
        Path file = base.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    private void war(String name, String entry, String text) throws IOException {
        try (OutputStream out = Files.newOutputStream(base.resolve("webapps").resolve(name));
                ZipOutputStream war = new ZipOutputStream(out)) {
            war.putNextEntry(new ZipEntry(entry));
            war.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ToolRun check(String settings) {
        return ToolRun.of("check", settings);
    }

    private static void assertFound(ToolRun run, String level, String... parts) {
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out().lines().filter(line -> line.startsWith(level)))
                .as(run.out())
                .anySatisfy(line -> assertThat(line).contains(parts));
    }
}
