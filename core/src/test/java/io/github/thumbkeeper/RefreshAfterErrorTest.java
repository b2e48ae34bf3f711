/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.servlet.DaemonThreads;
import io.github.thumbkeeper.servlet.RefreshThreads;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An Error during a refresh, such as OutOfMemoryError, must not keep a removed certificate or authority in force. */
class RefreshAfterErrorTest {

    @Test
    void refusesARemovedCertificateAfterAnErrorBetweenListAndSnapshot() {
        FakeStore clients = new FakeStore("clients", entry(ALICE));
        AtomicBoolean armed = new AtomicBoolean();
        GateFixture fixture = new GateFixture();
        fixture.stores = List.of(StoreConfig.admitting(new Loader<EntryTable>() {
            @Override
            public String location() {
                return "clients";
            }

            @Override
            public boolean isFixed() {
                if (isWithin("io.github.thumbkeeper.store.Stores", "readAt") && armed.getAndSet(false)) {
                    throw new OutOfMemoryError("injected where Gate.snapshot allocates");
                }
                return false;
            }

            @Override
            public Loaded<EntryTable> load(Loaded<EntryTable> previous) throws StoreException {
                return clients.load(previous);
            }
        }));
        Gate gate = fixture.open();
        clients.lists(entry(MALLORY));
        armed.set(true);
        gate.refresh();
        assertThat(armed).isFalse();
        for (int i = 0; i < 100; i++) {
            gate.refresh();
        }
        gate.watch(Duration.ofSeconds(30));

        assertThat(isAdmitted(gate, ALICE))
                .as("alice was removed 100 refreshes ago")
                .isFalse();
    }

    @Test
    void trustsNoRemovedAuthorityAfterAnErrorWhileTheTrustStoreIsTakenOver() throws Exception {
        TestCertificate old = TestCertificate.named("CN=Old").ca().build();
        TestCertificate other = TestCertificate.named("CN=Other").ca().build();
        AtomicBoolean armed = new AtomicBoolean();
        NamedCertificate fragile = new NamedCertificate("other", new ForeignCertificate(other.certificate(), () -> {
            if (armed.getAndSet(false)) {
                throw new OutOfMemoryError("injected in new TrustedCertificates");
            }
            return other.der();
        }));
        List<Loaded<List<NamedCertificate>>> held = new java.util.ArrayList<>(List.of(
                new Loaded<>(List.of(new NamedCertificate("old", old.certificate())), List.of(), List.of(), "1")));
        Loader<List<NamedCertificate>> material = new Loader<>() {
            @Override
            public String location() {
                return "trust";
            }

            @Override
            public Loaded<List<NamedCertificate>> load(Loaded<List<NamedCertificate>> previous) {
                return held.get(0);
            }
        };
        GateFixture fixture = new GateFixture();
        ReloadingTrust book = ReloadingTrust.of(
                new TrustConfig(
                        material,
                        new ValidityDates(true, true, Duration.ZERO),
                        Set.of(),
                        false,
                        List.of(),
                        new TrustedCrlFilter(fixture.clock),
                        null),
                fixture.clock,
                fixture.clock::nanoTime);
        book.open(false);
        assertThat(book.trust().labels()).containsExactly("old");
        held.set(0, new Loaded<>(List.of(fragile), List.of(), List.of(), "2"));
        armed.set(true);
        for (int i = 0; i < 10; i++) {
            book.reloaders().get(0).begin();
            book.reloaders().get(0).read().run();
            book.reloaders().get(0).end();
            try {
                book.renew();
            } catch (OutOfMemoryError e) {
                // Gate.change logs it as TK-307 and goes on.
            }
        }
        assertThat(armed).isFalse();

        assertThat(book.trust().labels()).as("the authority [old] was removed").containsExactly("other");
    }

    @Test
    void readsAStoreAgainWhoseThreadDiedBeforeItRan() throws Exception {
        FakeResources resources = new FakeResources();
        resources.bind("java:comp/env/a", ALICE.certificate());
        Gate gate = Settings.parse(Map.of("store", "java:comp/env/a"), resources)
                .open(new Counters(), InstantSource.system(), Runnable::run);
        DaemonThreads daemons = new DaemonThreads("thumbkeeper-read", getClass().getClassLoader());
        AtomicBoolean armed = new AtomicBoolean(true);
        ThreadFactory within = task -> daemons.newThread(() -> {
            if (armed.getAndSet(false)) {
                throw new OutOfMemoryError("injected where RunningGate.runWithin calls Context.bind");
            }
            task.run();
        });
        try (RefreshThreads threads = new RefreshThreads(gate, Duration.ofMillis(20), within)) {
            resources.bind("java:comp/env/a", MALLORY.certificate());
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (isAdmitted(gate, ALICE) && System.nanoTime() < end) {
                Thread.onSpinWait();
            }

            assertThat(threads).isNotNull();
            assertThat(isAdmitted(gate, ALICE))
                    .as("alice was removed many intervals ago")
                    .isFalse();
        }
    }

    private static boolean isWithin(String type, String method) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(each ->
                        each.getClassName().equals(type) && each.getMethodName().equals(method)));
    }

    private static boolean isAdmitted(Gate gate, TestCertificate certificate) {
        return gate.decide(FakeExchange.of(certificate.certificate())) instanceof Verdict.Admitted;
    }
}
