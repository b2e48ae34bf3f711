/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Object;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that an unused gate leaks nothing. */
class GateLifeCycleTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    @TempDir
    private Path folder;

    @Test
    @DisplayName("a gate opened and refreshed 1000 times: threads and file handles constant (row 151)")
    void leavesNoThreadAndNoHandle() throws Exception {
        Map<String, String> settings = settings();
        cycle(settings);
        int threads = Thread.activeCount();
        long handles = handles();
        for (int i = 0; i < 1000; i++) {
            cycle(settings);
        }

        // Threads of other tests may end meanwhile.
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(handles()).isLessThanOrEqualTo(handles + 3);
    }

    @Test
    @DisplayName("an undeployed application can be garbage-collected with its copy of the engine (row 75)")
    void leavesNoReference() throws Exception {
        WeakReference<ClassLoader> loader = useInALoaderOfItsOwn(settings());
        // Java 17 itself remembers the last record class whose equals was linked; this takes its place.
        assertThat(new Last("x", 1)).isEqualTo(new Last("x", 1));
        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    private record Last(String text, Object object) {}

    private Map<String, String> settings() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        Path list = Files.writeString(folder.resolve("list.txt"), ALICE.sha256());
        return Map.of(
                "store", folder + "," + list + "," + folder.resolve("alice.pem"),
                "maxStaleness", "1h",
                "storeUnavailable", "refuse-requests");
    }

    private static void cycle(Map<String, String> settings) {
        Gate gate = Settings.parse(settings, new FakeResources()).open(new Counters(), InstantSource.system());
        gate.refresh();
        assertThat(gate.decide(FakeExchange.of(ALICE.certificate()))).isInstanceOf(Verdict.Admitted.class);
    }

    private static long handles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static WeakReference<ClassLoader> useInALoaderOfItsOwn(Map<String, String> given) throws Exception {
        URL[] jars = {place(Gate.class), place(ASN1Object.class)};
        try (URLClassLoader loader = new URLClassLoader(jars, ClassLoader.getPlatformClassLoader())) {
            Class<?> resources = loader.loadClass("io.github.thumbkeeper.store.location.ContainerResources");
            Class<?> counters = loader.loadClass(Counters.class.getName());
            Object container = Proxy.newProxyInstance(
                    loader, new Class<?>[] {resources}, (proxy, method, location) -> Path.of((String) location[0]));
            Object settings = loader.loadClass(Settings.class.getName())
                    .getMethod("parse", Map.class, resources)
                    .invoke(null, given, container);
            Object gate = settings.getClass()
                    .getMethod("open", counters, InstantSource.class)
                    .invoke(settings, counters.getConstructor().newInstance(), InstantSource.system());
            assertThat(gate.getClass()).isNotEqualTo(Gate.class);
            assertThat(gate.getClass().getMethod("refresh").invoke(gate)).isEqualTo(false);
            return new WeakReference<>(loader);
        }
    }

    private static URL place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
