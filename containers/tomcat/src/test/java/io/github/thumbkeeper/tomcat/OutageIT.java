/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.catalina.Context;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gate whose store is unavailable, on both front ends: 503 for every request, and recovery without a restart. */
@Slow
class OutageIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    private final TestTomcat tomcat;
    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    OutageIT() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    /** bad-input 150: started while the store is down, with storeUnavailable=refuse-requests. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answers503UntilAListIsRead(FrontEnd frontEnd) throws Exception {
        Path store = folder.resolve("clients");
        start(frontEnd, Map.of("store", store.toString(), "mode", "report", "exclude", "/open/*"));

        assertOutage(get(ALICE, "/app/x"), "TK-300");
        assertOutage(get(null, "/app/x"), "TK-300");
        assertOutage(get(ALICE, "/app/open/x"), "TK-300");
        Files.createDirectory(store);
        ALICE.writePem(store.resolve("alice.pem"));

        await(() -> get(ALICE, "/app/x").body().contains("user=alice"));
        assertThat(get(null, "/app/open/x").body()).contains("verdict=exempt");
        assertThat(log.messages()).filteredOn(line -> line.contains("TK-309")).hasSize(1);
        assertThat(log.messages()).filteredOn(line -> line.contains("TK-311")).hasSize(1);
    }

    /** bad-input 149: the store is deleted while the gate runs. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answers503WithAStaleList(FrontEnd frontEnd) throws Exception {
        Path store = Files.createDirectory(folder.resolve("clients"));
        ALICE.writePem(store.resolve("alice.pem"));
        start(frontEnd, Map.of("store", store.toString(), "maxStaleness", "3s", "tellReason", "true"));
        assertThat(get(ALICE, "/app/x").body()).contains("user=alice");
        Files.move(store, folder.resolve("away"));

        await(() -> log.messages().stream().anyMatch(line -> line.contains("TK-301")));
        await(() -> get(ALICE, "/app/x").statusCode() == 503);
        assertOutage(get(ALICE, "/app/x"), "TK-310");
        Files.move(folder.resolve("away"), store);
        await(() -> get(ALICE, "/app/x").body().contains("user=alice"));
    }

    private void start(FrontEnd frontEnd, Map<String, String> given) throws Exception {
        Context context = tomcat.addContext("/app");
        GuardedApp.install(tomcat, context);
        Map<String, String> settings = new HashMap<>(given);
        settings.putAll(Map.of("storeUnavailable", "refuse-requests", "refreshInterval", "1s"));
        frontEnd.guard(context, settings);
        tomcat.start();
    }

    private static void assertOutage(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("www-authenticate")).isEmpty();
        assertThat(response.body()).contains("\"code\":\"" + code + "\"").doesNotContain("app ");
    }

    private HttpResponse<String> get(@Nullable TestCertificate certificate, String path) throws Exception {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        return (certificate == null ? builder : builder.presenting(certificate))
                .build()
                .get(tomcat.https(path));
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("a minute is enough").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
