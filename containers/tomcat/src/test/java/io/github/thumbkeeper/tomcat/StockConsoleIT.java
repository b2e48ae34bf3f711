/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console of a stock Tomcat says of stores, connectors and refused requests. */
@NeedsProgram
class StockConsoleIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String LISTED = "thumbprints=\"" + ALICE.sha256() + "\"";
    private static final String CONNECTORS = "<Connector address=\"127.0.0.1\" port=\"0\"/>"
            + "<Connector address=\"127.0.0.1\" port=\"0\" SSLEnabled=\"true\" scheme=\"https\" secure=\"true\">"
            + "<SSLHostConfig certificateVerification=\"optional\">"
            + "<Certificate certificateFile=\"conf/server.pem\" certificateKeyFile=\"conf/server-key.pem\"/>"
            + "</SSLHostConfig></Connector>";
    private static final String REMOTE_IP =
            "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\"" + " protocolHeader=\"X-Forwarded-Proto\"/>";

    @ParameterizedTest(name = "Tomcat {0}")
    @ValueSource(ints = {10, 11})
    void saysWhereWhatAndWhy(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(
                        line,
                        StockSite.serverXml("", StockSite.service("Catalina", "webapps", CONNECTORS, REMOTE_IP, "")))
                .app("valve", StockSite.hello())
                .file("webapps/valve/META-INF/context.xml", context(LISTED, ""))
                .app("filter", StockSite.hello())
                .file("webapps/filter/WEB-INF/web.xml", webXml())
                .app("missing", StockSite.hello())
                .file("webapps/missing/META-INF/context.xml", context("store=\"conf/clients.txt\"", ""))
                .app("jndi", StockSite.hello())
                .file(
                        "webapps/jndi/META-INF/context.xml",
                        context(
                                "store=\"java:comp/env/cert/clients\"",
                                "<Resource name=\"cert/clients\" type=\"java.security.KeyStore\""
                                        + " factory=\"io.github.thumbkeeper.jndi.KeyStoreFactory\""
                                        + " path=\"conf/a-folder-with-a-rather-long-name/of-all-our-clients.p12\"/>"));
        Path lib = Files.createDirectories(builder.base().resolve("webapps/filter/WEB-INF/lib"));
        Files.copy(StockSite.jar("thumbkeeper.filter.jar"), lib.resolve("filter.jar"));
        Path base = builder.base();

        try (StockTomcat tomcat = builder.start()) {
            assertThat(tomcat.log())
                    .contains("TK-302 store [conf/clients.txt] does not exist; the path is [" + base
                            + "/conf/clients.txt], because relative paths start at [" + base + "]")
                    .contains("TK-302 store [java:comp/env/cert/clients] ")
                    .containsPattern("TK-302 store \\[java:comp/env/cert/clients] [^\\n]*"
                            + "of-all-our-clients\\.p12] does not exist")
                    .containsPattern("TK-400 gate of \\[Catalina/localhost/valve] is up: \\[thumbprints] 1 entry loaded"
                            + " [^ ]+; no other setting is set")
                    .contains("TK-421 SSLHostConfig [_default_] of connector [")
                    .contains("TK-401 no client certificate can arrive on connector [");

            for (String app : new String[] {"valve", "filter"}) {
                assertThat(ask(tomcat, app)).isEqualTo(401);
                assertThat(ask(tomcat, app, "--header", "X-Forwarded-For: 203.0.113.9"))
                        .isEqualTo(401);
            }
            assertThat(tomcat.logs("from [203.0.113.9] at gate [Catalina/localhost/filter#gate]"))
                    .isTrue();
            assertThat(tomcat.log())
                    .contains(
                            "TK-104 refused GET [/valve/index.txt] from [127.0.0.1] at gate [Catalina/localhost/valve]: no"
                                    + " client certificate; expected a TLS connector that asks for one")
                    .contains(
                            "TK-104 refused GET [/valve/index.txt] from [127.0.0.1] (remote address [203.0.113.9]) at gate"
                                    + " [Catalina/localhost/valve]: ")
                    .contains("TK-104 refused GET [/filter/index.txt] from [127.0.0.1] at gate"
                            + " [Catalina/localhost/filter#gate]: no client certificate; expected")
                    .containsOnlyOnce("]: its connection has no TLS; expected TLS at the container's own connector");

            assertThat(ask(
                            tomcat,
                            "filter",
                            "--header",
                            "X-Forwarded-For: 203.0.113.9",
                            "--header",
                            "X-Forwarded-Proto: https"))
                    .isEqualTo(401);
            assertThat(tomcat.logs("]: it is marked as secure, but its connection to this container has no TLS"))
                    .isTrue();
        }
    }

    private static String context(String settings, String resource) {
        return "<Context>" + resource + "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" "
                + settings + "/></Context>";
    }

    private static String webXml() {
        return "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><filter>"
                + "<filter-name>gate</filter-name>"
                + "<filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>"
                + "<init-param><param-name>thumbprints</param-name><param-value>" + ALICE.sha256()
                + "</param-value></init-param></filter>"
                + "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>"
                + "</web-app>";
    }

    private static int ask(StockTomcat tomcat, String app, String... options) throws Exception {
        return StockSite.ask(tomcat, tomcat.http("/" + app + "/index.txt"), null, options)
                .status();
    }
}
