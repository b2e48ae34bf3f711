/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.Context;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The first two policies that were translated from API Management, as they are meant: the text first published for the
 * second one has its condition inverted and admits every certificate except the uploaded ones.
 */
class SeedPoliciesIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate DESIRED =
            TestCertificate.named("CN=desired").build();
    private static final TestCertificate UPLOADED =
            TestCertificate.named("CN=uploaded").build();
    private static final TestCertificate OTHER =
            TestCertificate.named("CN=other").build();

    @TempDir
    private Path uploads;

    /** API Management writes thumbprints in SHA-1 and upper case, and compares them as text; here case does not matter. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void aDesiredValue(FrontEnd frontEnd) throws Exception {
        for (String spelling : new String[] {DESIRED.sha1().toUpperCase(Locale.ROOT), DESIRED.sha1()}) {
            try (TestTomcat tomcat = guarded(frontEnd, Map.of("thumbprints", spelling))) {
                assertThat(status(tomcat, DESIRED)).isEqualTo(200);
                assertThat(status(tomcat, OTHER)).isEqualTo(401);
                assertThat(status(tomcat, null)).isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void theUploadedCertificates(FrontEnd frontEnd) throws Exception {
        UPLOADED.writePem(uploads.resolve("uploaded.pem"));
        DESIRED.writeDer(uploads.resolve("desired.cer"));
        try (TestTomcat tomcat = guarded(frontEnd, Map.of("store", uploads.toString()))) {
            assertThat(status(tomcat, UPLOADED)).isEqualTo(200);
            assertThat(status(tomcat, DESIRED)).isEqualTo(200);
            // The inverted condition would give these two the opposite answers.
            assertThat(status(tomcat, OTHER)).isEqualTo(401);
            assertThat(status(tomcat, null)).isEqualTo(401);
        }
    }

    private static TestTomcat guarded(FrontEnd frontEnd, Map<String, String> settings) throws Exception {
        TestTomcat tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        Context context = tomcat.addContext("/app");
        GuardedApp.install(tomcat, context);
        frontEnd.guard(context, settings);
        return tomcat.start();
    }

    private static int status(TestTomcat tomcat, @org.jspecify.annotations.Nullable TestCertificate certificate)
            throws Exception {
        TlsClient.Builder client = TlsClient.trusting(SERVER.certificate());
        return (certificate == null ? client : client.presenting(certificate))
                .build()
                .get(tomcat.https("/app/x"))
                .statusCode();
    }
}
