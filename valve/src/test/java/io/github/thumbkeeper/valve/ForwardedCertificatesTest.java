/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForwardedCertificatesTest {

    private static final X509Certificate[] ALICE = {
        TestCertificate.named("CN=alice").build().certificate()
    };
    private static final X509Certificate[] BOB = {
        TestCertificate.named("CN=bob").build().certificate()
    };

    private final TestServer server = new TestServer();
    private final TestRequest request = server.request(server.context("/app"));

    @Test
    void areThoseOfTheNearestGateBefore() {
        assertThat(ForwardedCertificates.before(request, "first")).isNull();
        ForwardedCertificates.put(request, "first", ALICE);
        assertThat(ForwardedCertificates.before(request, "second")).isEqualTo(ALICE);
        assertThat(ForwardedCertificates.before(request, "third")).isEqualTo(ALICE);
        ForwardedCertificates.put(request, "third", BOB);
        assertThat(ForwardedCertificates.before(request, "fourth")).isEqualTo(BOB);
    }

    @Test
    @DisplayName("an outer gate never gets the certificates of an inner one when the request comes again")
    void keepThePositionOfEachGate() {
        ForwardedCertificates.before(request, "outer");
        ForwardedCertificates.before(request, "inner");
        ForwardedCertificates.put(request, "inner", BOB);

        assertThat(ForwardedCertificates.before(request, "outer")).isNull();
    }

    @Test
    @DisplayName("a proxy without a client certificate is not the same as no proxy")
    void mayBeEmpty() {
        ForwardedCertificates.before(request, "first");
        ForwardedCertificates.put(request, "first", new X509Certificate[0]);

        assertThat(ForwardedCertificates.before(request, "second")).isEmpty();
    }
}
