/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TlsClient;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application with the filter is redeployed; another one checks what remains of it. */
@ExtendWith(ArquillianExtension.class)
class RedeploymentIT {

    private static final int TIMES = 20;

    /** The witness, the last record class that Java caches, and the first or last application that a container caches. */
    private static final int HELD = 4;

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // by Arquillian
    private Deployer deployer;

    @Deployment(name = "witness", order = 1, testable = false)
    static WebArchive witness() {
        return Application.named("witness").unguarded();
    }

    @Deployment(name = "again", order = 2, managed = false, testable = false)
    static WebArchive application() {
        return Application.named("again")
                .with("store", "java:comp/env/cert/clients")
                .with("refreshInterval", "1s")
                .guarded();
    }

    @Test
    void leaksNoThreadAndNoClassLoader() throws Exception {
        TlsClient bob = Connection.USUAL.of(People.BOB);
        for (int i = 0; i < TIMES; i++) {
            deployer.deploy("again");
            try {
                Eventually.that("the application answers", () -> status(bob) == 200);
            } finally {
                deployer.undeploy("again");
            }
            Eventually.that("the application is gone", () -> status(bob) != 200);
        }

        assertThat(count("loaders", leaks())).isPositive();
        Eventually.that(
                () -> "no thread and no filter is left:\n" + leaks(),
                () -> count("filters", leaks()) < HELD && !leaks().contains("thread thumbkeeper"));
        Ability.UNLOADING.assume();
        Eventually.that(
                () -> "no more class loaders are held than " + HELD + ":\n" + leaks(),
                () -> count("loaders", leaks()) <= HELD);
    }

    private static String leaks() throws Exception {
        return Connection.USUAL.get("/witness/leaks", null).body();
    }

    private static int status(TlsClient client) throws Exception {
        return client.get(Site.current().https("/again/orders")).statusCode();
    }

    /** Returns the number of live ones, including those of the witness. */
    private static long count(String what, String body) {
        return body.lines()
                .filter(line -> line.startsWith(what + " "))
                .mapToLong(line -> Long.parseLong(line.substring(what.length() + 1)))
                .sum();
    }
}
