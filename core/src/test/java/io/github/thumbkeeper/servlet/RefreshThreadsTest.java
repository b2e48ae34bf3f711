/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of a gate: nothing that hangs delays a removal elsewhere, and all end with the gate. */
@Slow
@Timeout(60)
class RefreshThreadsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final Duration SOON = Duration.ofMillis(20);

    private final Map<String, Supplier<Object>> bound = new ConcurrentHashMap<>();
    private final CapturedLog log = new CapturedLog();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ThreadFactory daemons =
            new DaemonThreads("thumbkeeper-read", getClass().getClassLoader());

    @AfterEach
    void stop() {
        release.countDown();
        log.close();
    }

    @Test
    @DisplayName("what is removed from one store is refused while another store of the gate hangs")
    void refusesWhatIsRemovedWhileAnotherStoreHangs() {
        Gate gate = gate();
        try (RefreshThreads threads = start(gate, daemons)) {
            CountDownLatch hangs = hang("java:b", false);
            await(() -> hangs.getCount() == 0);
            bound.put("java:a", BOB::certificate);

            await(() -> !isAdmitted(gate, ALICE));
            assertThat(isAdmitted(gate, BOB)).isTrue();
            assertThat(threads).isNotNull();
        }
        awaitNoThread();
    }

    @Test
    @DisplayName("a log handler that hangs delays no removal")
    void refusesARemovedCertificateWhileALogHandlerHangs() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        try (CapturedLog stuck = new CapturedLog(line -> {
            if (line.getMessage().contains("TK-301 store [java:b]")) {
                hangs.countDown();
                awaitRelease();
            }
        })) {
            Gate gate = gate();
            try (RefreshThreads threads = start(gate, daemons)) {
                bound.put("java:b", () -> 42);
                hangs.await();
                bound.put("java:a", BOB::certificate);

                await(() -> !isAdmitted(gate, ALICE));
                release.countDown();
                assertThat(threads).isNotNull();
            }
            assertThat(stuck.lines()).isNotEmpty();
        }
        awaitNoThread();
    }

    @Test
    @DisplayName("a reading that hangs is logged, and when it ends")
    void logsAReadingThatHangs() {
        Gate gate = gate();
        RefreshThreads threads = start(gate, daemons);
        try (threads) {
            hang("java:b", false);
            await(() -> logged("TK-312 store [java:b]"));

            bound.put("java:b", BOB::certificate);
            release.countDown();

            await(() -> logged("TK-304 store [java:b]"));
        }
    }

    @Test
    @DisplayName("the end interrupts what hangs, and leaves no thread")
    void interruptsWhatHangs() {
        Gate gate = gate();
        CountDownLatch hangs;
        try (RefreshThreads threads = start(gate, daemons)) {
            hangs = hang("java:b", false);
            await(() -> hangs.getCount() == 0);
            log.clear();
            assertThat(threads).isNotNull();
        }

        assertThat(threads()).isZero();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName(
            "the end does not wait for what ignores the interruption, which gives up the class loader of the application")
    void doesNotWaitForWhatIgnoresTheInterruption() {
        Gate gate = gate();
        RefreshThreads threads = start(gate, daemons);
        CountDownLatch hangs = hang("java:b", true);
        await(() -> hangs.getCount() == 0);
        long begin = System.nanoTime();

        threads.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        assertThat(logged("TK-312 thread [thumbkeeper-read [java:b]] does not end"))
                .isTrue();
        Thread left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("thumbkeeper-read [java:b]"))
                .findFirst()
                .orElseThrow();
        assertThat(left.getContextClassLoader()).isNull();
        bound.put("java:b", ALICE::certificate);
        release.countDown();
        awaitNoThread();
        assertThat(isAdmitted(gate, BOB)).isTrue();
    }

    @Test
    @DisplayName("a container that gives no thread, or throws, is logged for each store, and asked again")
    void asksAgainForAThread() {
        Gate gate = gate();
        Map<Integer, ThreadFactory> turns = new ConcurrentHashMap<>(Map.of(0, task -> null));
        ThreadFactory container = task -> turns.get(0).newThread(task);
        try (RefreshThreads threads = start(gate, container)) {
            await(() -> logged("TK-301 store [java:a]") && logged("TK-301 store [java:b]"));
            turns.put(0, task -> {
                throw new RejectedExecutionException("the application is suspended");
            });
            await(() -> logged("the application is suspended"));
            bound.put("java:a", BOB::certificate);
            turns.put(0, daemons);

            await(() -> !isAdmitted(gate, ALICE));
            await(() -> logged("TK-304 store [java:a]"));
            assertThat(threads).isNotNull();
        }
    }

    @Test
    @DisplayName("a container whose threads never run is logged for each store")
    void logsThreadsThatNeverRun() {
        Gate gate = gate();
        ThreadFactory lazy = task -> new Thread() {
            @Override
            public synchronized void start() {
                // As a container that has ended the application meanwhile.
            }
        };
        try (RefreshThreads threads = start(gate, lazy)) {
            await(() -> logged("TK-312 store [java:a]") && logged("TK-312 store [java:b]"));
            assertThat(threads).isNotNull();
        }
    }

    @Test
    @DisplayName("started and stopped a thousand times, it leaves no thread (row 151)")
    void leavesNoThread() {
        for (int i = 0; i < 1000; i++) {
            Gate gate = gate();
            start(gate, daemons).close();
        }

        // The last one may still be on its way out.
        await(() -> threads() == 0);
    }

    @Test
    @DisplayName("a thread keeps neither the class loader nor the thread-local values of the thread that asked for it")
    void keepsNothingOfTheThreadThatAsked() throws Exception {
        InheritableThreadLocal<String> inherited = new InheritableThreadLocal<>();
        inherited.set("of the request");
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        String[] seen = {"nothing yet"};
        CountDownLatch done = new CountDownLatch(1);
        try (WorkerThreads workers = new WorkerThreads()) {
            current.setContextClassLoader(new ClassLoader(before) {});
            workers.execute(() -> {
                seen[0] = inherited.get() + " " + (Thread.currentThread().getContextClassLoader() == before);
                done.countDown();
            });
            done.await();
        } finally {
            current.setContextClassLoader(before);
            inherited.remove();
        }

        assertThat(seen[0]).isEqualTo("null true");
    }

    /** A gate with two stores; the one lists alice, the other bob. */
    private Gate gate() {
        bound.put("java:a", ALICE::certificate);
        bound.put("java:b", BOB::certificate);
        return Settings.parse(Map.of("store", "java:a,java:b"), new Resources())
                .open(new Counters(), InstantSource.system());
    }

    private static RefreshThreads start(Gate gate, ThreadFactory factory) {
        return new RefreshThreads(gate, SOON, Duration.ofMillis(200), factory);
    }

    /** From now on looking up this name hangs until the release, or until it is interrupted unless it is stubborn. */
    private CountDownLatch hang(String name, boolean stubborn) {
        CountDownLatch hangs = new CountDownLatch(1);
        bound.put(name, () -> {
            hangs.countDown();
            while (release.getCount() > 0) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    if (!stubborn) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            return bound.get(name).get();
        });
        return hangs;
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean logged(String part) {
        return log.lines().stream().anyMatch(line -> line.contains(part));
    }

    private static boolean isAdmitted(Gate gate, TestCertificate certificate) {
        return gate.decide(FakeExchange.of(certificate.certificate())) instanceof Verdict.Admitted;
    }

    private static void awaitNoThread() {
        await(() -> threads() == 0);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("thumbkeeper-(re|watch).*"))
                .count();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    /** Looks names up among those that are bound now. */
    private final class Resources implements ContainerResources {
        @Override
        public Object lookup(String name) {
            return bound.get(name).get();
        }

        @Override
        public Object lookupGlobal(String name) {
            return lookup(name);
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }
}
