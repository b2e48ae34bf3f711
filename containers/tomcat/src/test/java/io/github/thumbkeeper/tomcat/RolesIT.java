/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles by label over stores that have none, in an application that asks for them; and the snippets of docs/roles.md. */
class RolesIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate PARTNER =
            TestCertificate.named("CN=partner").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final List<String> STORES = List.of("clients", "clients.p12");

    private final CapturedLog log = new CapturedLog();
    private TestTomcat tomcat;

    @TempDir
    private Path folder;

    /** Reports the roles of the caller; below /admin, to an administrator only. */
    private static final class Report extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getRequestURI().contains("/admin/")) {
                if (!request.isUserInRole("admin")) {
                    response.sendError(HttpServletResponse.SC_FORBIDDEN);
                    return;
                }
            }
            List<String> roles = Stream.of("admin", "orders", "client", "partner")
                    .filter(request::isUserInRole)
                    .toList();
            response.setContentType("text/plain");
            response.getWriter().print(request.getRemoteUser() + " " + roles);
        }
    }

    @BeforeEach
    void make() throws IOException {
        tomcat = new TestTomcat(GuardedTomcat.SERVER, AnyClientCertificateTrustManager.class);
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    @Test
    @DisplayName("a folder and a key store, valve and filter: roles by label, and a mapping that changes while it runs")
    void followsTheMapping() throws Exception {
        writePems(Files.createDirectory(folder.resolve("clients")));
        TestKeyStores.writeTrusted(
                folder.resolve("clients.p12"),
                "PKCS12",
                "changeit",
                Map.of("alice", ALICE.certificate(), "partner-a", PARTNER.certificate(), "bob", BOB.certificate()));
        Path mapping = folder.resolve("roles.properties");
        Files.writeString(mapping, "alice=admin,orders\npartner-*: partner\n");
        for (FrontEnd frontEnd : FrontEnd.values()) {
            for (String store : STORES) {
                Context context = tomcat.addContext(path(frontEnd, store));
                tomcat.addServlet(context, "/*", new Report());
                frontEnd.guard(
                        context,
                        Map.of(
                                "store", folder.resolve(store).toString(),
                                "storePassword", "changeit",
                                "roles", "client",
                                "roleMapping", "file:" + mapping,
                                "refreshInterval", "1s"));
            }
        }
        tomcat.start();

        assertThat(answers(GuardedTomcat.client(MALLORY), "/x")).allMatch(answer -> answer.startsWith("401 {"));
        assertThat(answers(GuardedTomcat.client(null), "/x")).allMatch(answer -> answer.startsWith("401 {"));
        TlsClient alice = GuardedTomcat.client(ALICE);
        assertThat(answers(alice, "/x")).containsOnly("200 alice [admin, orders, client]");
        assertThat(answers(alice, "/admin/x")).containsOnly("200 alice [admin, orders, client]");
        TlsClient bob = GuardedTomcat.client(BOB);
        assertThat(answers(bob, "/x")).containsOnly("200 bob [client]");
        assertThat(answers(bob, "/admin/x")).allMatch(answer -> answer.startsWith("403 "));
        assertThat(answers(GuardedTomcat.client(PARTNER), "/x")).containsOnly("200 partner-a [client, partner]");

        Files.writeString(mapping, "alice=orders\nbob=admin\nnobody=admin\n");

        Eventually.that(
                "alice has lost a role, on her open connection, and bob has one",
                () -> answers(alice, "/x").stream().allMatch("200 alice [orders, client]"::equals)
                        && answers(bob, "/admin/x").stream().allMatch("200 bob [admin, client]"::equals));
        assertThat(answers(alice, "/admin/x")).allMatch(answer -> answer.startsWith("403 "));
        assertThat(answers(GuardedTomcat.client(MALLORY), "/x")).allMatch(answer -> answer.startsWith("401 {"));
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-403 roleMapping: no entry has the label of line 3 of [file:"))
                .hasSize(4);

        Files.writeString(mapping, "alice=admin");
        Eventually.that(
                "the file that is cut off is reported",
                () -> log.messages().stream()
                                .filter(line -> line.contains("may be cut off"))
                                .count()
                        == 4);
        assertThat(answers(alice, "/x")).containsOnly("200 alice [orders, client]");
    }

    @Test
    @DisplayName(
            "docs/roles.md: the valve satisfies auth-constraint, the filter never does and warns, and isUserInRole works")
    void runsTheSnippets() throws Exception {
        Path conf = Files.createDirectory(tomcat.base().resolve("conf"));
        writePems(Files.createDirectory(conf.resolve("clients")));
        application("/valve", "valve-web.xml");
        application("/filter", "filter-web.xml");
        Path constrained = application("/constrained", "filter-web.xml");
        String constraint = resource("valve-web.xml").replaceAll("(?s)^.*?>\n(.*)</web-app>\n", "$1");
        Files.writeString(
                constrained.resolve("WEB-INF/web.xml"),
                resource("filter-web.xml").replace("</web-app>", constraint + "</web-app>"));
        tomcat.start();

        TlsClient alice = GuardedTomcat.client(ALICE);
        TlsClient bob = GuardedTomcat.client(BOB);
        TlsClient partner = GuardedTomcat.client(PARTNER);
        for (String app : List.of("/valve", "/filter")) {
            assertThat(answer(alice, app + "/admin/x")).isEqualTo("200 alice [admin, orders, client]");
            assertThat(answer(partner, app + "/x")).isEqualTo("200 partner-a [orders, client]");
            assertThat(answer(bob, app + "/x")).isEqualTo("200 bob [client]");
            assertThat(answer(bob, app + "/admin/x")).startsWith("403 ");
            assertThat(answer(GuardedTomcat.client(MALLORY), app + "/admin/x")).startsWith("401 {");
        }
        assertThat(answer(alice, "/constrained/x")).isEqualTo("200 alice [admin, orders, client]");
        assertThat(answer(alice, "/constrained/admin/x")).startsWith("403 ");
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("TK-420"))
                .singleElement()
                .asString()
                .startsWith("TK-420 <auth-constraint> on [/admin/*] for the roles [admin]: ")
                .contains("ClientCertificateValve", "isUserInRole");
    }

    /** Makes an application with this web.xml; the valve has its settings in the application's context.xml. */
    private Path application(String path, String webXml) throws IOException {
        Path application = Files.createDirectory(folder.resolve(path.substring(1)));
        Path webInf = Files.createDirectory(application.resolve("WEB-INF"));
        Files.writeString(webInf.resolve("web.xml"), resource(webXml));
        if (webXml.startsWith("valve")) {
            Path metaInf = Files.createDirectory(application.resolve("META-INF"));
            Files.writeString(metaInf.resolve("context.xml"), resource("context.xml"));
        } else {
            writePems(Files.createDirectory(webInf.resolve("clients")));
            Files.writeString(webInf.resolve("roles.properties"), resource("roles.properties"));
        }
        Context context = tomcat.addApplication(path, application);
        tomcat.addServlet(context, "/*", new Report());
        return application;
    }

    private static void writePems(Path clients) {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        PARTNER.writePem(clients.resolve("partner-a.pem"));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RolesIT.class.getResourceAsStream("/roles/" + name)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    private static String path(FrontEnd frontEnd, String store) {
        return "/" + frontEnd.name().toLowerCase(Locale.ROOT) + "-" + store;
    }

    private List<String> answers(TlsClient client, String path) throws Exception {
        List<String> answers = new ArrayList<>();
        for (FrontEnd frontEnd : FrontEnd.values()) {
            for (String store : STORES) {
                answers.add(answer(client, path(frontEnd, store) + path));
            }
        }
        return answers;
    }

    private String answer(TlsClient client, String path) throws Exception {
        HttpResponse<String> response = client.get(tomcat.https(path));
        return response.statusCode() + " " + response.body();
    }
}
