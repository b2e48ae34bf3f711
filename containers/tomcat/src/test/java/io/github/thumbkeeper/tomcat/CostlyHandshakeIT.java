/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.CostlyKeys;
import io.github.thumbkeeper.testkit.DisguisedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.tomcat.util.net.NioEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that every attacker can make and that would cost the server seconds or minutes of CPU end the handshake. */
class CostlyHandshakeIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate EC =
            TestCertificate.named("CN=mallory").ec().build();
    private static final TestCertificate RSA =
            TestCertificate.named("CN=mallory").rsa(2048).build();
    private static final TestCertificate DSA =
            TestCertificate.named("CN=mallory").dsa().build();

    /** The logger with Tomcat's reason for the end of a handshake; kept in a field, because the JDK holds loggers weakly. */
    private static final Logger HANDSHAKES = Logger.getLogger(NioEndpoint.class.getName() + ".handshake");

    private final Failures failures = new Failures();
    private SpyingProvider spy;
    private GuardedTomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        HANDSHAKES.setLevel(Level.FINE);
        HANDSHAKES.setUseParentHandlers(false);
        HANDSHAKES.addHandler(failures);
        tomcat = new GuardedTomcat().start(FrontEnd.VALVE, Map.of("thumbprints", ALICE.sha256()));
        spy = new SpyingProvider();
    }

    @AfterEach
    void stop() throws Exception {
        spy.close();
        tomcat.close();
        HANDSHAKES.removeHandler(failures);
        HANDSHAKES.setUseParentHandlers(true);
        HANDSHAKES.setLevel(null);
    }

    static List<Arguments> costly() {
        byte[] explicit = CostlyKeys.explicit((ECPublicKey) EC.certificate().getPublicKey());
        return List.of(
                Arguments.of("TLSv1.2", DSA, CostlyKeys.dsa(240_000), "the encoded certificate has"),
                Arguments.of("TLSv1.3", EC, CostlyKeys.dsa(240_000), "the encoded certificate has"),
                Arguments.of("TLSv1.2", DSA, CostlyKeys.dsa(32_000), "p of the DSA key has"),
                Arguments.of("TLSv1.3", EC, CostlyKeys.dsa(32_000), "p of the DSA key has"),
                Arguments.of("TLSv1.2", RSA, CostlyKeys.rsa(16_384, 64), "modulus of the RSA key has"),
                Arguments.of("TLSv1.3", RSA, CostlyKeys.rsa(16_384, 64), "modulus of the RSA key has"),
                Arguments.of("TLSv1.2", RSA, CostlyKeys.rsa(3072, 3071), "public exponent of the RSA key has"),
                Arguments.of("TLSv1.3", RSA, CostlyKeys.rsa(3072, 3071), "public exponent of the RSA key has"),
                Arguments.of("TLSv1.3", EC, CostlyKeys.unknown(8000), "the encoded key has"),
                // The JDK itself refuses these when it reads the certificate.
                Arguments.of("TLSv1.2", RSA, CostlyKeys.rsa(65_536, 64), "RSA keys must be no longer than 16384 bits"),
                Arguments.of("TLSv1.3", RSA, CostlyKeys.rsa(65_536, 64), "RSA keys must be no longer than 16384 bits"),
                Arguments.of("TLSv1.2", EC, explicit, "named ECParameters"),
                Arguments.of("TLSv1.3", EC, explicit, "named ECParameters"));
    }

    @ParameterizedTest(name = "{0}, {3} ({index})")
    @MethodSource("costly")
    void refusesAKeyThatIsCostlyToVerifyWithBeforeItIsUsed(
            String tls, TestCertificate shown, byte[] publicKey, String reason) throws Exception {
        X509Certificate sent = DisguisedCertificate.of(shown.certificate(), publicKey);

        assertIsRefused(tls, GuardedTomcat.builder(null).presentingChain(shown.privateKey(), sent), reason);
        assertThat(spy.used()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusesACostlyKeyAmongTheIssuersThatAClientSends(String tls) throws Exception {
        X509Certificate issuer = DisguisedCertificate.of(DSA.certificate(), CostlyKeys.dsa(32_000));

        assertIsRefused(
                tls,
                GuardedTomcat.builder(null).presentingChain(EC.privateKey(), EC.certificate(), issuer),
                "certificate 2 of 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void admitsTheListedCertificateAsBefore(String tls) throws Exception {
        TlsClient client = TlsClient.trusting(GuardedTomcat.SERVER.certificate())
                .presenting(ALICE)
                .tls(tls)
                .build();

        assertThat(client.get(tomcat.uri("/x")).statusCode()).isEqualTo(200);
    }

    private void assertIsRefused(String tls, TlsClient.Builder client, String reason) throws Exception {
        URI uri = tomcat.uri("/x");

        assertThatThrownBy(() -> client.tls(tls).build().get(uri)).isInstanceOf(IOException.class);
        Eventually.that("a handshake ends", () -> !failures.reasons.isEmpty());
        // The client tries again.
        assertThat(failures.reasons).allSatisfy(each -> assertThat(each).contains(reason));
    }

    /** Collects the reasons, with their causes. */
    private static final class Failures extends Handler {
        private final List<String> reasons = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            StringBuilder all = new StringBuilder();
            for (Throwable each = entry.getThrown(); each != null; each = each.getCause()) {
                all.append(each).append('\n');
            }
            reasons.add(all.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
