/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two applications, each with its own copy of the filter. */
@ExtendWith(ArquillianExtension.class)
class IsolationIT {

    @Deployment(name = "one", order = 1, testable = false)
    static WebArchive one() {
        return Application.named("one")
                .with("thumbprints", People.ALICE.sha256())
                .guarded();
    }

    @Deployment(name = "two", order = 2, testable = false)
    static WebArchive two() {
        return Application.named("two")
                .with("store", "java:comp/env/cert/clients")
                .guarded();
    }

    @Test
    void eachApplicationRefusesAClientThatOnlyTheOtherLists() throws Exception {
        assertThat(Connection.USUAL.get("/one/x", People.BOB).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/two/x", People.ALICE).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/one/x", People.ALICE).statusCode()).isEqualTo(200);
        assertThat(Connection.USUAL.get("/two/x", People.BOB).statusCode()).isEqualTo(200);
    }

    @Test
    void eachApplicationHasTheFilterFromItsOwnLibraries() throws Exception {
        String one = Connection.USUAL.get("/one/x", People.ALICE).body();
        String two = Connection.USUAL.get("/two/x", People.BOB).body();

        assertThat(line("filter", one)).isNotEqualTo("null").isNotEqualTo(line("filter", two));
        assertThat(line("filter", two)).isNotEqualTo("null");
    }

    private static String line(String fact, String body) {
        return body.lines()
                .filter(line -> line.startsWith(fact + " "))
                .map(line -> line.substring(fact.length() + 1))
                .findFirst()
                .orElseThrow();
    }
}
