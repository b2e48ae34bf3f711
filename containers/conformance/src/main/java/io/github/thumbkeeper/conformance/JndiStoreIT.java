/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A key store that the container binds to a global name, and the application to a local one. */
@ExtendWith(ArquillianExtension.class)
class JndiStoreIT {

    private static final Connection ANY = Connection.USUAL;
    private static final String PATH = "/jndi/orders";

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("jndi")
                .with("store", "java:comp/env/cert/clients")
                .with("refreshInterval", "1s")
                .guarded();
    }

    @Test
    void refusesAClientOutsideTheStore() throws Exception {
        assertThat(status(People.ALICE)).isEqualTo(401);
        assertThat(ANY.get(PATH, null).statusCode()).isEqualTo(401);
    }

    @Test
    void admitsAClientOfTheStoreUnderItsLabel() throws Exception {
        HttpResponse<String> response = ANY.get(PATH, People.BOB);

        assertThat(response.body()).contains("verdict admitted", "principal bob", "label bob");
    }

    @Test
    void followsTheStoreOnAnOpenConnection() throws Exception {
        TlsClient carol = ANY.of(People.CAROL);
        assertThat(status(carol)).isEqualTo(401);

        Path file = Site.current().clients().resolve("carol.pem");
        Path draft = Site.current().folder().resolve("carol.draft");
        People.CAROL.writePem(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Eventually.that("carol is admitted", () -> status(carol) == 200);

        Files.delete(file);
        Eventually.that("carol is refused again", () -> status(carol) == 401);
        assertThat(status(People.BOB)).isEqualTo(200);
    }

    @Test
    void readsWithTheContainersContextIfThereIsOne() throws Exception {
        boolean contexts = !Site.current().server().lacks().containsKey(Ability.CONTEXT_SERVICE);

        String body = ANY.get(PATH, People.BOB).body();

        assertThat(body).contains("context service " + contexts);
        assertThat(body.lines().filter(line -> line.equals("thread thumbkeeper-refresh")))
                .hasSize(1);
    }

    private static int status(TestCertificate certificate) throws Exception {
        return ANY.get(PATH, certificate).statusCode();
    }

    private static int status(TlsClient client) throws Exception {
        return client.get(Site.current().https(PATH)).statusCode();
    }
}
