/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The valve in the container's lib and the filter in WEB-INF/lib, before one application. */
@ExtendWith(ArquillianExtension.class)
class ValveIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("both")
                .with("thumbprints", People.ALICE.sha256() + ", " + People.CAROL.sha256())
                .behindValve(People.ALICE.sha256() + ", " + People.BOB.sha256())
                .guarded();
    }

    @Test
    void valveAndFilterEachRefuseAClientThatOnlyTheOtherLists() throws Exception {
        Ability.VALVE.assume();

        assertThat(Connection.USUAL.get("/both/x", People.BOB).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/both/x", People.CAROL).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/both/x", null).statusCode()).isEqualTo(401);
        assertThat(Connection.USUAL.get("/both/x", People.ALICE).body())
                .contains("verdict admitted", "principal sha256:" + People.ALICE.sha256());
    }
}
