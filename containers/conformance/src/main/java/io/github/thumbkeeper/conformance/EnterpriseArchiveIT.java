/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TlsClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example archive: two web applications, one copy of the filter in its lib, one store. */
@ExtendWith(ArquillianExtension.class)
class EnterpriseArchiveIT {

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // by Arquillian
    private Deployer deployer;

    @Deployment(name = "example", managed = false, testable = false)
    static EnterpriseArchive example() {
        return ShrinkWrap.create(ZipImporter.class, "thumbkeeper-example.ear")
                .importFrom(Site.current().jar("ear").toFile())
                .as(EnterpriseArchive.class);
    }

    @Test
    void twoApplicationsFollowOneStore() throws Exception {
        Ability.EAR.assume();
        deployer.deploy("example");
        try {
            assertRefused("/orders/", "/deliveries/");
            assertThat(order()).isEqualToIgnoringNewLines("bob has ordered [1001]");
            assertThat(Connection.USUAL.get("/orders/", People.BOB).body())
                    .isEqualToIgnoringNewLines("bob has ordered [1001]");
            assertThat(Connection.USUAL.get("/deliveries/", People.BOB).body())
                    .isEqualToIgnoringNewLines("nothing is on its way to bob");
            takeBobOutAndIn();
        } finally {
            deployer.undeploy("example");
        }
    }

    private static void assertRefused(String... paths) throws Exception {
        for (String path : paths) {
            assertThat(Connection.USUAL.get(path, null).statusCode()).isEqualTo(401);
            assertThat(Connection.USUAL.get(path, People.MALLORY).statusCode()).isEqualTo(401);
        }
    }

    private static String order() throws Exception {
        HttpRequest order = HttpRequest.newBuilder(Site.current().https("/orders/"))
                .POST(BodyPublishers.noBody())
                .build();
        return Connection.USUAL.of(People.BOB).send(order).body();
    }

    private static void takeBobOutAndIn() throws Exception {
        TlsClient bob = Connection.USUAL.of(People.BOB);
        Path file = Site.current().clients().resolve("bob.pem");
        Path away = Site.current().folder().resolve("bob.away");
        // An empty store counts as a mistake.
        People.CAROL.writePem(Site.current().clients().resolve("carol.pem"));
        Files.move(file, away, StandardCopyOption.ATOMIC_MOVE);
        try {
            Eventually.that(
                    "bob is refused by both",
                    () -> status(bob, "/orders/") == 401 && status(bob, "/deliveries/") == 401);
        } finally {
            Files.move(away, file, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(Site.current().clients().resolve("carol.pem"));
        }
        Eventually.that(
                "bob is admitted by both", () -> status(bob, "/orders/") == 200 && status(bob, "/deliveries/") == 200);
    }

    private static int status(TlsClient client, String path) throws Exception {
        return client.get(Site.current().https(path)).statusCode();
    }
}
