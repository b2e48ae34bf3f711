/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks that no decision on a known certificate waits for a lock: another thread holds all of them meanwhile. */
class DecisionLockTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    @Test
    @DisplayName("certificates are admitted and refused while another thread holds every monitor of the gate")
    void decidesWithoutLock() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch decided = new CountDownLatch(1);
        try (CapturedLog quiet = new CapturedLog()) {
            OpenGate open = Settings.parse(Map.of("thumbprints", ALICE.sha256()), new FakeResources())
                    .open("orders", new MovableClock(NOW), Runnable::run);
            // The first refusal of a certificate adds it to the list of recent ones, and the first line of a peer to
            // the log.
            decide(open.gate());
            List<Object> all = reachable(open);
            assertThat(all).hasSizeGreaterThan(100).contains(open.gate());

            Future<?> holder = threads.submit(() -> hold(all, 0, held, decided));
            assertThat(held.await(30, TimeUnit.SECONDS)).isTrue();
            threads.submit(() -> decide(open.gate())).get(30, TimeUnit.SECONDS);
            decided.countDown();
            holder.get(30, TimeUnit.SECONDS);
            assertThat(quiet.lines()).isNotEmpty();
        } finally {
            decided.countDown();
            threads.shutdownNow();
        }
    }

    private static void decide(Gate gate) {
        for (int i = 0; i < 1000; i++) {
            assertThat(gate.decide(FakeExchange.of(ALICE.certificate()))).isInstanceOf(Verdict.Admitted.class);
            assertThat(gate.decide(FakeExchange.of(MALLORY.certificate())))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_LISTED));
        }
    }

    /** Takes the monitors one within the other, and keeps them until the decisions are made. */
    private static void hold(List<Object> monitors, int number, CountDownLatch held, CountDownLatch decided) {
        if (number == monitors.size()) {
            held.countDown();
            try {
                decided.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        synchronized (monitors.get(number)) {
            hold(monitors, number + 1, held, decided);
        }
    }

    /** Returns every object that the fields of the engine's own classes lead to; of the JDK's classes only what collections contain. */
    private static List<Object> reachable(Object root) throws IllegalAccessException {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>(List.of(root));
        while (!next.isEmpty()) {
            Object object = next.remove();
            if (isOfEngine(object.getClass()) || object.getClass() == Object.class || isContainer(object)) {
                if (found.add(object)) {
                    next.addAll(references(object));
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static boolean isOfEngine(Class<?> type) {
        return type.getName().startsWith("io.github.thumbkeeper.") && !type.isHidden();
    }

    private static boolean isContainer(Object object) {
        return object instanceof Iterable<?> || object instanceof Map<?, ?> || object instanceof Object[];
    }

    private static List<Object> references(Object object) throws IllegalAccessException {
        List<Object> references = new ArrayList<>();
        if (object instanceof Iterable<?> elements && !isOfEngine(object.getClass())) {
            elements.forEach(references::add);
        } else if (object instanceof Map<?, ?> map) {
            references.addAll(map.values());
        } else if (object instanceof Object[] array) {
            references.addAll(Arrays.asList(array));
        }
        for (Class<?> type = object.getClass(); isOfEngine(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    references.add(field.get(object));
                }
            }
        }
        references.removeIf(each -> each == null);
        return references;
    }
}
