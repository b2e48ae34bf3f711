/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the bytes that a decision allocates, as the JVM counts them for its thread. The gate is that of the settings, with all its
 * listeners.
 */
class DecisionCostTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final int ROUND = 2000;

    private static final TestCertificate ISSUER =
            TestCertificate.named("CN=issuer").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(ISSUER).build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(NOW);

    @TempDir
    Path directory;

    /** A known certificate that is refused, with the settings and the attributes of alice's entry that refuse it. */
    private record Row(Reason reason, String attributes, Map<String, String> settings, TestCertificate client) {}

    static Stream<Row> refused() {
        return Stream.of(
                new Row(Reason.NOT_LISTED, "", Map.of(), MALLORY),
                new Row(Reason.NOT_LISTED, "", Map.of("mode", "report"), MALLORY),
                new Row(Reason.ENTRY_DISABLED, " disabled", Map.of(), ALICE),
                new Row(Reason.ENTRY_NOT_IN_FORCE, " from=2999-01-01T00:00:00Z", Map.of(), ALICE),
                new Row(Reason.DENIED, "", Map.of("deny", ALICE.sha256()), ALICE),
                new Row(Reason.KEY_TOO_SMALL, "", Map.of("minimumKeySize", "RSA=8192,EC=521"), ALICE));
    }

    @AfterEach
    void close() {
        log.close();
    }

    @ParameterizedTest(name = "with a chain of {0} and minimumKeySize={1}")
    @CsvSource({"1, ''", "2, ''", "2, 'RSA=2048,EC=256'"})
    @DisplayName("admitting a known certificate allocates nothing")
    void admits(int length, String keySizes) throws Exception {
        Gate gate = gate("", keySizes.isEmpty() ? Map.of() : Map.of("minimumKeySize", keySizes));
        X509Certificate[] chain = List.of(ALICE.certificate(), ISSUER.certificate())
                .subList(0, length)
                .toArray(X509Certificate[]::new);
        FakeExchange exchange = FakeExchange.showing(chain);
        assertThat(gate.decide(exchange)).isInstanceOf(Verdict.Admitted.class);

        assertThat(bytes(() -> gate.decide(exchange), 0)).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    @DisplayName("refusing a known certificate allocates at most 64 bytes before the response is written")
    void refuses(Row row) throws Exception {
        Gate gate = gate(row.attributes, row.settings);
        FakeExchange exchange = FakeExchange.of(row.client.certificate());
        assertThat(gate.decide(exchange))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(row.reason));

        assertThat(bytes(() -> gate.decide(exchange), 64)).isBetween(1L, 64L);
    }

    @ParameterizedTest(name = "{0} entries")
    @ValueSource(ints = {10, 1_000_000})
    @DisplayName("the first sight of a certificate that is not listed allocates its length and at most 200 bytes")
    void firstSight(int entries) throws Exception {
        Random random = new Random(20261128);
        EntryTable.Builder builder = new EntryTable.Builder();
        byte[] digest = new byte[32];
        for (int i = 0; i < entries; i++) {
            random.nextBytes(digest);
            builder.add(DigestKind.SHA256, digest);
        }
        EntryTable table = builder.build();
        X509Certificate[] strangers = strangers();
        long length = MALLORY.der().length;

        long best = Long.MAX_VALUE;
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (best > length + 200 && System.nanoTime() < end) {
            // A new list has seen none of them.
            AllowList list = new AllowList(List.of(table), new IdentityMapper(PrincipalSource.LABEL, Set.of()));
            long before = allocated();
            for (X509Certificate stranger : strangers) {
                list.find(stranger);
            }
            best = Math.min(best, (allocated() - before) / strangers.length);
        }
        assertThat(best).isBetween(length, length + 200);
    }

    private static X509Certificate[] strangers() throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate[] strangers = new X509Certificate[ROUND];
        for (int i = 0; i < ROUND; i++) {
            byte[] der = MALLORY.der().clone();
            ByteBuffer.wrap(der).putInt(der.length - Integer.BYTES, i);
            strangers[i] = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        }
        return strangers;
    }

    /** Measures until the compiler has reached the limit: before, it has not removed all objects that live within a method. */
    private static long bytes(Runnable decision, long limit) {
        long best = Long.MAX_VALUE;
        long end = System.nanoTime() + WARM_UP.toNanos();
        while (best > limit && System.nanoTime() < end) {
            long before = allocated();
            for (int i = 0; i < ROUND; i++) {
                decision.run();
            }
            best = Math.min(best, (allocated() - before) / ROUND);
        }
        return best;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private Gate gate(String attributes, Map<String, String> more) throws Exception {
        Path list = Files.writeString(directory.resolve("clients.txt"), ALICE.sha256() + attributes + "\n");
        Map<String, String> settings = new HashMap<>(more);
        settings.put("store", list.toString());
        return Settings.parse(settings, new FakeResources())
                .open("orders", clock, Runnable::run)
                .gate();
    }
}
