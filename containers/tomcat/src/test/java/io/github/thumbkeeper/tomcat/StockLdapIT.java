/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.OperationType;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory with TLS, read by a stock Tomcat as in the recipe of {@code docs/stores.md}.
 */
@Slow
@NeedsProgram
class StockLdapIT {

    private static final Path RECIPE = Path.of("src/test/recipes/ldap");
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String BASE = "dc=example,dc=org";
    private static final String SECRET = "s3cret-of-the-directory";
    private static final String TRUST_PASSWORD = "changeit";
    private static final String WHO = "<%@ page contentType=\"text/plain\" %><%= request.getRemoteUser() %>"
            + " <%= request.isUserInRole(\"orders\") %>\n";

    private InMemoryDirectoryServer directory;

    @BeforeEach
    void startDirectory() throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPSConfig(
                "tls", InetAddress.getLoopbackAddress(), 0, tls().getServerSocketFactory(), null));
        config.addAdditionalBindCredentials("cn=gate," + BASE, SECRET);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.setSchema(null);
        directory = new InMemoryDirectoryServer(config);
        directory.add("dn: " + BASE, "objectClass: domain", "dc: example");
        directory.startListening();
        add("alice", ALICE);
    }

    @AfterEach
    void stopDirectory() {
        directory.shutDown(true);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void followsTheDirectoryThroughAnOutage(int line) throws Exception {
        try (StockTomcat tomcat = prepared(line).start()) {
            assertThat(get(tomcat, "alice").body()).endsWith("\nal true\n");
            assertThat(get(tomcat, "bob").status()).isEqualTo(401);
            assertThat(get(tomcat, null).status()).isEqualTo(401);

            add("bob", BOB);
            Eventually.that("bob is admitted", () -> get(tomcat, "bob").status() == 200);
            directory.delete("cn=bob," + BASE);
            Eventually.that("bob is refused", () -> get(tomcat, "bob").status() == 401);

            directory.shutDown(true);
            assertThat(tomcat.logs("TK-301")).isTrue();
            assertThat(get(tomcat, "alice").status()).isEqualTo(200);
            directory.delete("cn=alice," + BASE);
            add("bob", BOB);
            directory.startListening();
            Eventually.that("alice is refused", () -> get(tomcat, "alice").status() == 401);
            assertThat(get(tomcat, "bob").status()).isEqualTo(200);
            assertThat(tomcat.log()).contains("TK-304").doesNotContain(SECRET);
        }
    }

    private StockTomcat.Builder prepared(int line) throws Exception {
        StockTomcat.Builder builder = StockSite.prepared(line, Files.readString(RECIPE.resolve("server.xml")));
        Path trusted = builder.base().resolve("conf/trusted.p12");
        TestKeyStores.writeTrusted(
                trusted, "PKCS12", TRUST_PASSWORD, Map.of("directory", StockSite.SERVER.certificate()));
        StockSite.addClient(builder, "alice", ALICE);
        StockSite.addClient(builder, "bob", BOB);
        return builder.property("directory.url", "ldaps://127.0.0.1:" + directory.getListenPort() + "/" + BASE)
                .property("javax.net.ssl.trustStore", trusted.toString())
                .property("javax.net.ssl.trustStorePassword", TRUST_PASSWORD)
                .file("conf/ldap-password", SECRET + "\n")
                .app(
                        "app",
                        Map.of(
                                "META-INF/context.xml",
                                Files.readString(RECIPE.resolve("context.xml")),
                                "who.jsp",
                                WHO));
    }

    private void add(String name, TestCertificate certificate) throws Exception {
        directory.add(
                "cn=" + name + "," + BASE,
                new Attribute("objectClass", "person"),
                new Attribute("cn", name),
                new Attribute("uid", name.substring(0, 2)),
                new Attribute("employeeType", "orders"),
                new Attribute("userCertificate;binary", certificate.der()));
    }

    private static SSLContext tls() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(StockSite.SERVER.keyStore("secret"), "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Curl.Answer get(StockTomcat tomcat, @Nullable String client) throws Exception {
        return StockSite.ask(tomcat, tomcat.https("/app/who.jsp"), client);
    }
}
