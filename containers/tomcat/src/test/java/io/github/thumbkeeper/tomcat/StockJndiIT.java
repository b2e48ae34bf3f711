/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stores that a stock Tomcat binds in JNDI, for valves and a filter at the same time. */
@Slow
@NeedsProgram
class StockJndiIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String WHO = "<%@ page contentType=\"text/plain\" %>hello <%= request.getRemoteUser() %>\n";
    private static final String FACTORY =
            "type=\"java.security.KeyStore\" factory=\"io.github.thumbkeeper.jndi.KeyStoreFactory\"";

    /** The store of each application. */
    private static final Map<String, String> DIRECTORIES =
            Map.of("engine", "store/global", "link", "store/global", "own", "store/own", "filter", "store/filter");

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void followsEveryBindingOnEveryFrontEnd(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(line, serverXml());
        addApplications(builder);
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "bob", BOB);
        for (String directory : DIRECTORIES.values()) {
            builder.file(directory + "/alice.pem", ALICE.pem());
        }

        try (StockTomcat tomcat = builder.start()) {
            Map<String, URI> applications = applications(tomcat);
            for (Map.Entry<String, URI> app : applications.entrySet()) {
                assertThat(get(tomcat, app.getValue(), "alice").body())
                        .as(app.getKey())
                        .endsWith("hello alice\n");
                assertThat(get(tomcat, app.getValue(), "bob").status())
                        .as(app.getKey())
                        .isEqualTo(401);
                assertThat(get(tomcat, app.getValue(), null).status())
                        .as(app.getKey())
                        .isEqualTo(401);
            }
            for (Map.Entry<String, URI> app : applications.entrySet()) {
                assertFollows(tomcat, app.getValue(), tomcat.file(DIRECTORIES.get(app.getKey())));
            }
            assertThat(tomcat.log()).contains("gate of [Engine] is up", "#clientCertificate] is up");
            assertThat(tomcat.log()).doesNotContain("SEVERE");
        }
    }

    private static void assertFollows(StockTomcat tomcat, URI uri, Path directory) throws Exception {
        Path bob = directory.resolve("bob.pem");
        Path aside = directory.resolve("aside");
        BOB.writePem(aside);
        Files.move(aside, bob, StandardCopyOption.ATOMIC_MOVE);
        Eventually.that(
                "bob is admitted to " + uri,
                () -> get(tomcat, uri, "bob").body().endsWith("hello bob\n"));
        Files.delete(bob);
        Eventually.that(
                "bob is refused at " + uri, () -> get(tomcat, uri, "bob").status() == 401);
        assertThat(get(tomcat, uri, "alice").status()).isEqualTo(200);
    }

    /** Two services, because a valve of the Engine guards all applications of its service. */
    private static String serverXml() throws Exception {
        String connector = Documented.xml("docs/getting-started-valve.md", "<Connector");
        return StockSite.serverXml(
                "<Resource name=\"cert/clients\" " + FACTORY + " path=\"store/global\"/>",
                StockSite.service("Engine", "engine", connector, valve("jndi:cert/clients"), ""),
                StockSite.service("Contexts", "webapps", connector, "", ""));
    }

    private static void addApplications(StockTomcat.Builder builder) throws Exception {
        String own = "<Resource name=\"cert/clients\" " + FACTORY + " path=\"%s\"/>";
        String link = "<ResourceLink name=\"cert/clients\" global=\"cert/clients\" type=\"java.security.KeyStore\"/>";
        String valve = valve("java:comp/env/cert/clients");
        builder.file("engine/engine/who.jsp", WHO);
        builder.app("own", application("<Context>" + own.formatted("store/own") + valve + "</Context>"));
        builder.app("link", application("<Context>" + link + valve + "</Context>"));
        Map<String, String> filtered =
                new HashMap<>(application("<Context>" + own.formatted("store/filter") + "</Context>"));
        filtered.put(
                "WEB-INF/web.xml",
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">"
                        + Documented.xml("docs/getting-started-filter.md", "<filter>") + "</web-app>");
        builder.app("filter", filtered);
        Path lib = Files.createDirectories(builder.base().resolve("webapps/filter/WEB-INF/lib"));
        Files.copy(StockSite.jar("thumbkeeper.filter.jar"), lib.resolve("filter.jar"));
    }

    private static Map<String, String> application(String context) {
        return Map.of("META-INF/context.xml", context, "who.jsp", WHO);
    }

    private static String valve(String store) {
        return "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" store=\"" + store
                + "\" refreshInterval=\"1s\"/>";
    }

    private static Map<String, URI> applications(StockTomcat tomcat) {
        Map<String, URI> applications = new LinkedHashMap<>();
        applications.put("engine", tomcat.https(0, "/engine/who.jsp"));
        for (String name : new String[] {"link", "own", "filter"}) {
            applications.put(name, tomcat.https(1, "/" + name + "/who.jsp"));
        }
        return applications;
    }

    private static Curl.Answer get(StockTomcat tomcat, URI uri, @Nullable String client) throws Exception {
        return StockSite.ask(tomcat, uri, client);
    }
}
