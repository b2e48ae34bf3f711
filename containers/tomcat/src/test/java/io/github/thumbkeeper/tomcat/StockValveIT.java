/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The valve as administrators install it: a stock Tomcat, one jar in its lib, and the lines of the documentation. */
@NeedsProgram
class StockValveIT {

    private static final String GUIDE = "docs/getting-started-valve.md";
    private static final String DOCUMENTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    @Test
    void isOneJarWithoutDependencies() throws Exception {
        Path jar = StockSite.jar("thumbkeeper.valve.jar");
        try (JarFile packaged = new JarFile(jar.toFile())) {
            List<String> names = packaged.stream().map(Object::toString).toList();

            assertThat(names)
                    .contains(
                            "io/github/thumbkeeper/valve/ClientCertificateValve.class",
                            "io/github/thumbkeeper/Gate.class",
                            "io/github/thumbkeeper/jndi/KeyStoreFactory.class",
                            "META-INF/thumbkeeper-cli.jar")
                    .anyMatch(name -> name.startsWith("io/github/thumbkeeper/shaded/bouncycastle/"))
                    .noneMatch(name -> name.startsWith("io/github/thumbkeeper/cli/"))
                    .noneMatch(name -> name.contains("picocli"))
                    .noneMatch(name -> name.startsWith("org/"))
                    .noneMatch(name -> name.startsWith("jakarta/"));
        }
    }

    /** The acceptance test: the four lines of the README in server.xml. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void admitsOnlyTheListedCertificate(int line) throws Exception {
        String tls = Documented.xml("README.md", "<SSLHostConfig");
        String valve = listing(Documented.xml("README.md", "<Valve"));
        assertThat(tls.lines().count() + valve.lines().count()).isEqualTo(4);
        String connector = "<Connector address=\"127.0.0.1\" port=\"0\" SSLEnabled=\"true\" scheme=\"https\""
                + " secure=\"true\">\n<UpgradeProtocol className=\"org.apache.coyote.http2.Http2Protocol\"/>\n" + tls
                + "<Certificate certificateFile=\"conf/server.pem\" certificateKeyFile=\"conf/server-key.pem\"/>\n"
                + "</SSLHostConfig>\n</Connector>";
        StockTomcat.Builder builder = StockSite.prepared(
                line, StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector, "", valve)));

        try (StockTomcat tomcat = started(builder)) {
            assertThat(tomcat.log())
                    .contains("Apache Tomcat/" + line + ".", "TK-400 gate of [Catalina/localhost] is up");
            for (String tlsVersion : List.of("1.2", "1.3")) {
                for (String http : List.of("1.1", "2")) {
                    assertThat(status(tomcat, "alice", tlsVersion, http)).isEqualTo(200);
                    assertThat(status(tomcat, "mallory", tlsVersion, http)).isEqualTo(401);
                    assertThat(status(tomcat, null, tlsVersion, http)).isEqualTo(401);
                }
            }
            assertThat(tomcat.log()).contains("TK-101 refused", "TK-104 refused", "sha256:" + MALLORY.sha256());
        }
    }

    /** bad-input 158: Tomcat itself only warns of an unknown attribute, and starts. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void doesNotServeWithATypoInServerXml(int line) throws Exception {
        String valve = "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" thumbprint=\""
                + ALICE.sha256() + "\" throwOnFailure=\"false\"/>";
        StockTomcat.Builder builder = StockSite.prepared(line, guide(valve));
        prepareClients(builder);

        try (StockTomcat tomcat = builder.launch()) {
            assertThat(tomcat.logs("did you mean [thumbprints]?")).isTrue();
            assertThat(tomcat.logs("The required Server component failed to start")
                            || tomcat.logs("Server startup in ["))
                    .isTrue();
            assertServesNoRequest(tomcat);
        }
    }

    /** The guide's connector in server.xml and its Context in one application; two more applications have it with a mistake. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void servesTheApplicationOfTheGuideButNoneWithATypo(int line) throws Exception {
        String context = listing(Documented.xml(GUIDE, "<Context>"));
        String loud = context.replace("thumbprints=", "thumbprint=");
        String quiet = context.replace("thumbprints=", "throwOnFailure=\"false\" thumbprint=");
        StockTomcat.Builder builder = StockSite.prepared(line, guide(""))
                .file("webapps/app/META-INF/context.xml", context)
                .app("loud", StockSite.hello())
                .file("webapps/loud/META-INF/context.xml", loud)
                .app("quiet", StockSite.hello())
                .file("webapps/quiet/META-INF/context.xml", quiet);

        try (StockTomcat tomcat = started(builder)) {
            assertThat(tomcat.log()).contains("TK-400 gate of [Catalina/localhost/app] is up");
            assertThat(status(tomcat, "alice", "1.3", "2")).isEqualTo(200);
            assertThat(status(tomcat, "mallory", "1.3", "2")).isEqualTo(401);
            assertThat(status(tomcat, null, "1.3", "2")).isEqualTo(401);
            assertThat(tomcat.log().split("did you mean \\[thumbprints]\\?", -1))
                    .hasSizeGreaterThan(2);
            for (String app : List.of("loud", "quiet")) {
                Curl.Answer answer = StockSite.ask(tomcat, tomcat.https("/" + app + "/index.txt"), "alice");
                assertThat(answer.status()).isIn(404, 503);
                assertThat(answer.body()).doesNotContain("hello");
            }
        }
    }

    private static String guide(String hostValve) throws IOException {
        String connector = Documented.xml(GUIDE, "<Connector");
        return StockSite.serverXml("", StockSite.service("Catalina", "webapps", connector, "", hostValve));
    }

    private static String listing(String documented) {
        assertThat(documented).contains(DOCUMENTED);
        return documented.replace(DOCUMENTED, ALICE.sha256());
    }

    private static void prepareClients(StockTomcat.Builder builder) throws IOException {
        builder.app("app", StockSite.hello());
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "mallory", MALLORY);
    }

    private static StockTomcat started(StockTomcat.Builder builder) throws IOException, InterruptedException {
        prepareClients(builder);
        return builder.start();
    }

    /** Checks the answer against its status, and returns the status. */
    private static int status(StockTomcat tomcat, @Nullable String client, String tls, String http)
            throws IOException, InterruptedException {
        Curl.Answer answer = StockSite.ask(
                tomcat, tomcat.https("/app/index.txt"), client, "--tlsv" + tls, "--tls-max", tls, "--http" + http);
        boolean served = answer.body().endsWith("hello\n");
        assertThat(answer.httpVersion()).isEqualTo(http);
        assertThat(served).isEqualTo(answer.status() == 200);
        if (!served) {
            assertThat(answer.body())
                    .containsPattern("(?im)^www-authenticate: ClientCertificate realm=\"client certificate\"\\r?$")
                    .contains("\"code\":\"TK-100\"");
        }
        return answer.status();
    }

    /** Checks that no port is open, or that every request is refused. */
    private static void assertServesNoRequest(StockTomcat tomcat) throws InterruptedException {
        try {
            Curl.Answer answer = StockSite.ask(tomcat, tomcat.https("/app/index.txt"), "alice");
            assertThat(answer.status()).isIn(404, 503);
            assertThat(answer.body()).doesNotContain("hello");
        } catch (IOException | IllegalStateException e) {
            assertThat(e).hasMessageMatching("(?s)(curl ended with 7: .*|No https connector .*)");
        }
    }
}
