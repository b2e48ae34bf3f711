/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.http.HttpResponse;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Thumbprints from web.xml, over each version of TLS and HTTP. */
@ExtendWith(ArquillianExtension.class)
class CertificatesIT {

    @Deployment(testable = false)
    static WebArchive application() {
        return Application.named("certificates")
                .with("thumbprints", People.ALICE.sha256() + ", " + People.OLD.sha256())
                .guarded();
    }

    static List<Connection> connections() {
        return Connection.all();
    }

    @ParameterizedTest
    @MethodSource("connections")
    void refusesNoCertificate(Connection connection) throws Exception {
        assertRefused(connection, null);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void refusesUnknownCertificate(Connection connection) throws Exception {
        assertRefused(connection, People.MALLORY);
        assertRefused(connection, People.ISSUED);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void refusesListedCertificateOutOfDate(Connection connection) throws Exception {
        assertRefused(connection, People.OLD);
    }

    @ParameterizedTest
    @MethodSource("connections")
    void admitsListedSelfSignedCertificate(Connection connection) throws Exception {
        HttpResponse<String> response = connection.get("/certificates/orders", People.ALICE);
        Results.learn(response.body());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .contains(
                        "application /certificates", "verdict admitted", "thumbprint sha256:" + People.ALICE.sha256());
    }

    private static void assertRefused(Connection connection, @Nullable TestCertificate certificate) throws Exception {
        HttpResponse<String> response = connection.get("/certificates/orders", certificate);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.body()).doesNotContain("application ");
    }
}
