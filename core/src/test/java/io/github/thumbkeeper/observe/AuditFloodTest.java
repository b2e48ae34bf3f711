/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks the log during a flood of refused requests: the number of lines is bounded, and every request is counted. */
class AuditFloodTest {

    private static final int MILLION = 1_000_000;
    private static final int MOST_LINES = (PeerLimit.PEERS + 1) * PeerLimit.LINES;
    private static final Pattern SUMMARY = Pattern.compile("WARNING TK-140 (\\d+) more refusals? for (TK-\\d+) .*");

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AuditLog audit =
            new AuditLog("Catalina/localhost/app", "expected a connector that asks", () -> "3 entries", clock);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    @DisplayName("a million refusals of one peer are ten lines and a number")
    void boundsTheLinesOfOnePeer() {
        flood(Reason.NOT_LISTED, MILLION, i -> "192.0.2.7");
        assertThat(log.lines()).hasSize(PeerLimit.LINES).allMatch(line -> line.startsWith("WARNING TK-101 refused"));

        clock.advance(Duration.ofMinutes(1));
        audit.refreshed(null);

        assertThat(log.lines())
                .hasSize(PeerLimit.LINES + 1)
                .last()
                .asString()
                .isEqualTo(
                        "WARNING TK-140 999990 more refusals for TK-101 (the certificate is not listed) at gate [Catalina/localhost/app] since"
                                + " 2026-01-01T00:00:00Z have no line of their own: 999990 from [192.0.2.7]");
    }

    @Test
    @DisplayName("a million refusals of a million peers are a bounded number of lines, and the sum is right")
    void boundsTheLinesOfManyPeers() {
        flood(Reason.NO_CERTIFICATE, MILLION, i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        clock.advance(Duration.ofMinutes(1));
        audit.refreshed(null);

        assertThat(log.lines()).hasSizeLessThanOrEqualTo(MOST_LINES + 1);
        assertThat(logged("TK-104") + swallowed("TK-104")).isEqualTo(MILLION);
    }

    @Test
    @DisplayName("the addresses of one host with IPv6 are one peer")
    void countsANetworkOfIpv6AsOnePeer() {
        flood(Reason.NOT_LISTED, 1000, i -> "2001:db8:0:1:0:0:0:" + Integer.toHexString(i));
        flood(Reason.NOT_LISTED, 1000, i -> "[2001:db8:0:2:0:0:0:" + Integer.toHexString(i) + "]");
        audit.refused(of(Reason.NOT_LISTED, "192.0.2.9"));
        clock.advance(Duration.ofMinutes(1));
        audit.refreshed(null);

        assertThat(log.lines()).hasSize(2 * PeerLimit.LINES + 2);
        assertThat(log.lines())
                .last()
                .asString()
                .contains("990 from [2001:db8:0:1::/64]", "990 from [2001:db8:0:2::/64]");
    }

    @Test
    @DisplayName("a flood for one reason hides neither other reasons nor failures")
    void logsEveryReason() {
        flood(Reason.NOT_LISTED, MILLION / 10, i -> "10.0." + (i >> 8 & 255) + "." + (i & 255));
        for (Reason reason : Reason.values()) {
            audit.refused(of(reason, "192.0.2.7"));
        }

        for (Reason reason : Reason.values()) {
            assertThat(log.lines().stream().anyMatch(line -> line.contains(" " + reason.code() + " ")))
                    .as(reason.code())
                    .isEqualTo(!reason.isOutage());
        }
    }

    @Test
    @DisplayName("stack traces are bounded like lines")
    void boundsStackTraces() {
        for (int i = 0; i < 10_000; i++) {
            audit.refused(new Refusal(
                    Refusals.verdict(Reason.INTERNAL, true), "GET", "/", "peer", null, new IllegalStateException("x")));
        }

        assertThat(log.lines()).hasSize(PeerLimit.LINES);
    }

    @Test
    void boundsLinesInReportMode() {
        for (int i = 0; i < 10_000; i++) {
            audit.refused(new Refusal(Refusals.verdict(Reason.EXPIRED, false), "GET", "/", "peer", null, null));
        }

        assertThat(log.lines()).hasSize(PeerLimit.LINES).allMatch(line -> line.contains(" would have refused "));
    }

    @Test
    @DisplayName("a known peer keeps its lines while an attacker uses many addresses")
    void keepsTheLinesOfAKnownPeer() {
        audit.refused(of(Reason.NOT_LISTED, "192.0.2.7"));
        for (int minute = 1; minute <= 3; minute++) {
            clock.advance(Duration.ofMinutes(1));
            flood(Reason.NOT_LISTED, 10_000, i -> "10.0." + (i >> 8 & 255) + "." + (i & 255));
            audit.refused(of(Reason.NOT_LISTED, "192.0.2.7"));
        }

        assertThat(log.lines().stream()
                        .filter(line -> line.contains("from [192.0.2.7] at gate "))
                        .count())
                .isEqualTo(4);
    }

    @Test
    void forgetsAPeerThatIsSilentForAMinute() {
        flood(Reason.NOT_LISTED, PeerLimit.PEERS, i -> "10.0.0." + i);
        for (int minute = 0; minute < 2; minute++) {
            clock.advance(Duration.ofMinutes(1));
            audit.refused(of(Reason.EXPIRED, "10.1.0.1"));
        }
        flood(Reason.NOT_LISTED, 100, i -> "192.0.2.7");
        clock.advance(Duration.ofMinutes(1));
        audit.refreshed(null);

        assertThat(log.lines()).last().asString().contains("90 from [192.0.2.7]");
    }

    @Test
    @DisplayName("the next decision logs the counted refusals of the last minute, once")
    void summarizesWithTheNextDecision() {
        for (Runnable decision : List.<Runnable>of(
                () -> audit.admitted(new Verdict.Admitted(new Identity(null, null, Set.of(), "sha256:00"))),
                () -> audit.exempt(Verdict.Exempt.ANONYMOUS),
                () -> audit.refused(of(Reason.EXPIRED, "192.0.2.8")),
                () -> audit.refreshed(null))) {
            flood(Reason.NOT_LISTED, 11, i -> "192.0.2.7");
            long before = swallowed("TK-101");
            decision.run();
            assertThat(swallowed("TK-101")).isEqualTo(before);
            clock.advance(Duration.ofMinutes(1));
            decision.run();
            decision.run();
            assertThat(swallowed("TK-101")).isEqualTo(before + 1);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    @Test
    @DisplayName("a clock set back does not suppress lines")
    void survivesAClockThatIsSetBack() {
        flood(Reason.NOT_LISTED, 100, i -> "192.0.2.7");
        clock.set(Instant.parse("2025-06-01T00:00:00Z"));
        flood(Reason.NOT_LISTED, 1, i -> "192.0.2.7");

        assertThat(log.lines()).hasSize(PeerLimit.LINES + 2);
    }

    @Test
    @DisplayName("the text of a peer taken from a header is truncated and escaped")
    void boundsTheNamesOfPeers() {
        String evil = "x\nSEVERE forged" + "y".repeat(9999);
        flood(Reason.NOT_LISTED, 100, i -> evil + i);
        clock.advance(Duration.ofMinutes(1));
        audit.refreshed(null);

        assertThat(log.lines()).last().asString().doesNotContain("\n").hasSizeLessThan(400);
    }

    @Test
    @DisplayName("no refusal is lost while other threads end the minute")
    void losesNothingBetweenThreads() throws InterruptedException {
        int each = 50_000;
        List<Thread> threads = IntStream.range(0, 4)
                .mapToObj(number -> new Thread(() -> {
                    for (int i = 0; i < each; i++) {
                        audit.refused(of(Reason.NOT_LISTED, "10.0." + number + "." + (i / 100 % 50)));
                        if (i % 500 == 0) {
                            clock.advance(Duration.ofMinutes(1));
                        }
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        clock.advance(Duration.ofMinutes(2));
        audit.refreshed(null);

        assertThat(logged("TK-101") + swallowed("TK-101")).isEqualTo(4L * each);
    }

    private void flood(Reason reason, int times, IntFunction<String> peer) {
        for (int i = 0; i < times; i++) {
            audit.refused(of(reason, peer.apply(i)));
        }
    }

    private static Refusal of(Reason reason, String peer) {
        return new Refusal(Refusals.verdict(reason, true), "GET", "/app/orders", peer, null, null);
    }

    private long logged(String code) {
        return log.lines().stream()
                .filter(line -> line.startsWith("WARNING " + code + " refused"))
                .count();
    }

    private long swallowed(String code) {
        long sum = 0;
        for (String line : log.lines()) {
            Matcher summary = SUMMARY.matcher(line);
            if (summary.matches() && summary.group(2).equals(code)) {
                long named = Arrays.stream(
                                line.substring(line.indexOf("own: ") + 5).split(", "))
                        .mapToLong(part -> Long.parseLong(part.substring(0, part.indexOf(' '))))
                        .sum();
                assertThat(named).isEqualTo(Long.parseLong(summary.group(1)));
                sum += named;
            }
        }
        return sum;
    }
}
