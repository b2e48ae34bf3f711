/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.catalina.core.StandardServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** bad-input 151: started and stopped a thousand times, a gate leaves no thread and no task. */
class LifeCycleIT {

    private static final int TIMES = 1000;
    private static final Map<String, String> SETTINGS =
            Map.of("thumbprints", "sha256:" + "ab".repeat(32), "refreshInterval", "1h");

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void valveLeaksNothing() throws Exception {
        TestCertificate server = TestCertificate.named("CN=server").build();
        try (TestTomcat tomcat = new TestTomcat(server, AnyClientCertificateTrustManager.class)) {
            ClientCertificateValve valve = new ClientCertificateValve();
            SETTINGS.forEach(valve::setProperty);
            tomcat.addContextValve(tomcat.addContext("/app"), valve);
            tomcat.start();
            StandardServer running =
                    (StandardServer) tomcat.engine().getService().getServer();
            valve.stop();
            valve.start();
            int threads = threads();
            int tasks = tasks(running);
            for (int i = 0; i < TIMES; i++) {
                valve.stop();
                valve.start();
            }

            // One of the gate's own, and the threads that Tomcat's own tasks have started.
            assertThat(threads()).isLessThanOrEqualTo(threads + running.getUtilityThreads());
            assertThat(tasks(running)).isEqualTo(tasks);
            assertThat(ownThreads()).hasSize(1);
        }
    }

    @Test
    void filterLeaksNothing() throws Exception {
        ServletContext context = fake(ServletContext.class);
        FilterConfig config = (FilterConfig) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServletContext" -> context;
                    case "getInitParameterNames" -> Collections.emptyEnumeration();
                    default -> "gate";
                });
        for (int i = 0; i < TIMES; i++) {
            ClientCertificateFilter filter = new ClientCertificateFilter(SETTINGS);
            filter.init(config);
            filter.destroy();
        }

        assertThat(ownThreads()).isEmpty();
    }

    private static List<Thread> ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("thumbkeeper-re"))
                .toList();
    }

    private static <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    /** Returns the tasks scheduled in Tomcat's executor, which shows only its interface. */
    private static int tasks(StandardServer server) throws ReflectiveOperationException {
        Field field = StandardServer.class.getDeclaredField("utilityExecutor");
        field.setAccessible(true);
        return ((ScheduledThreadPoolExecutor) field.get(server)).getQueue().size();
    }
}
