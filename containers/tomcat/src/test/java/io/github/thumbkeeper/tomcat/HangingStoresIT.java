/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.loader.WebappLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A hanging store does not delay other stores, is logged, and ends with its gate. */
class HangingStoresIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String CERTIFICATE = "java:comp/env/certificate";

    private final GuardedTomcat server;
    private Path clients;

    @TempDir
    private Path folder;

    HangingStoresIT() throws Exception {
        server = new GuardedTomcat();
        server.tomcat().enableNaming();
    }

    @AfterEach
    void stop() throws Exception {
        HangingResource.release();
        server.close();
    }

    @Slow
    @ParameterizedTest(
            name = "{0}: a removed certificate is refused while two other applications wait for their databases")
    @EnumSource
    void refusesARemovedCertificateWhileTwoPoolsOfOthersAreExhausted(FrontEnd frontEnd) throws Exception {
        for (String path : new String[] {"/one", "/two"}) {
            Context context = server.tomcat().addContext(path);
            HangingResource.bind(context, "pool");
            FrontEnd.VALVE.guard(context, settings("java:comp/env/pool"));
        }
        server.start(frontEnd, settings(clients()));
        assertThat(status(ALICE)).isEqualTo(200);

        HangingResource.hang();
        Eventually.that("both pools are exhausted", () -> HangingResource.waiting() == 2);
        Files.delete(clients.resolve("alice.pem"));

        Eventually.that("alice is refused", () -> status(ALICE) == 401);
    }

    @Slow
    @ParameterizedTest(name = "{0}: a removed certificate is refused while another store of its gate hangs")
    @EnumSource
    void refusesARemovedCertificateWhileAnotherStoreOfItsGateHangs(FrontEnd frontEnd) throws Exception {
        HangingResource.bind(server.context(), "certificate");
        server.start(frontEnd, settings(CERTIFICATE + "," + clients()));
        assertThat(status(ALICE)).isEqualTo(200);
        assertThat(status(HangingResource.BOB)).isEqualTo(200);

        HangingResource.hang();
        Eventually.that("the store hangs", () -> HangingResource.waiting() == 1);
        Files.delete(clients.resolve("alice.pem"));

        Eventually.that("alice is refused", () -> status(ALICE) == 401);
        assertThat(status(HangingResource.BOB)).isEqualTo(200);
    }

    /** Both front ends at once, because it takes half a minute. */
    @Slow
    @Test
    void logsAHangingRead() throws Exception {
        for (FrontEnd frontEnd : FrontEnd.values()) {
            Context context = server.tomcat().addContext("/" + frontEnd);
            HangingResource.bind(context, "certificate");
            frontEnd.guard(context, settings(CERTIFICATE));
        }
        server.start();
        HangingResource.hang();
        Eventually.that("both stores hang", () -> HangingResource.waiting() == 2);
        assertThat(logged("TK-312")).isZero();

        long begin = System.nanoTime();
        Eventually.that(
                "25 s have passed",
                () -> System.nanoTime() - begin > Duration.ofSeconds(25).toNanos());
        Eventually.that("both are logged", () -> logged("TK-312 store [" + CERTIFICATE + "] has been read for ") == 2);
        HangingResource.release();
        Eventually.that("the end is logged", () -> logged("TK-304 store [" + CERTIFICATE + "]") == 2);
    }

    @ParameterizedTest(
            name =
                    "{0}: the end of the application interrupts a hanging read, and leaves no thread and no class loader")
    @EnumSource
    void leaksNothingWhenTheApplicationEnds(FrontEnd frontEnd) throws Exception {
        server.start();
        WeakReference<ClassLoader> loader = hangAndUndeploy(frontEnd);

        assertThat(HangingResource.waiting()).isZero();
        Eventually.that("no thread is left", () -> threads() == 0);
        Eventually.that("the class loader is gone", () -> {
            System.gc();
            return loader.refersTo(null);
        });
        assertThat(logged("TK-30") + logged("TK-31")).isZero();
    }

    @ParameterizedTest(name = "{0}: the end of the application does not wait for a read that ignores the interrupt")
    @EnumSource
    void endsAlthoughAReadIgnoresTheInterrupt(FrontEnd frontEnd) throws Exception {
        HangingResource.bind(server.context(), "certificate");
        server.start(frontEnd, settings(CERTIFICATE));
        HangingResource.hangStubbornly();
        Eventually.that("the store hangs", () -> HangingResource.waiting() == 1);
        long begin = System.nanoTime();

        server.context().stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        assertThat(logged("TK-312 thread [thumbkeeper-read [" + CERTIFICATE + "]] does not end"))
                .isEqualTo(1);
        HangingResource.release();
        Eventually.that("no thread is left", () -> threads() == 0);
    }

    @ParameterizedTest(name = "{0}: a gate that never refreshes starts no thread")
    @EnumSource
    void startsNoThreadWithoutAnInterval(FrontEnd frontEnd) throws Exception {
        server.start(frontEnd, Map.of("store", clients(), "refreshInterval", "0s"));

        assertThat(status(ALICE)).isEqualTo(200);
        assertThat(threads()).isZero();
    }

    private WeakReference<ClassLoader> hangAndUndeploy(FrontEnd frontEnd) throws Exception {
        Context context = server.tomcat().newContext("/again");
        context.setLoader(new WebappLoader());
        HangingResource.bind(context, "certificate");
        frontEnd.guard(context, settings(CERTIFICATE));
        server.tomcat().host().addChild(context);
        assertThat(context.getState().isAvailable()).isTrue();
        ClassLoader loader = context.getLoader().getClassLoader();
        HangingResource.hang();
        Eventually.that("the store hangs", () -> HangingResource.waiting() == 1);
        server.tomcat().host().removeChild(context);
        ((Lifecycle) context).destroy();
        return new WeakReference<>(loader);
    }

    private String clients() throws Exception {
        clients = Files.createDirectory(folder.resolve("clients"));
        ALICE.writePem(clients.resolve("alice.pem"));
        return clients.toString();
    }

    private static Map<String, String> settings(String store) {
        Map<String, String> settings = new HashMap<>(Map.of("store", store, "refreshInterval", "1s"));
        if (store.endsWith("/pool")) {
            settings.put("storeUnavailable", "refuse-requests");
        } else {
            settings.put("allowEmptyStore", "true");
        }
        return settings;
    }

    private int status(TestCertificate certificate) throws Exception {
        return GuardedTomcat.client(certificate).get(server.uri("/x")).statusCode();
    }

    private long logged(String part) {
        return server.log().messages().stream()
                .filter(line -> line.contains(part))
                .count();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("thumbkeeper-re"))
                .count();
    }
}
