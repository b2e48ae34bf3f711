/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of deciding on a request, against a hand-written check of a list of strings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets up
public class DecisionBenchmark {

    /** More than the cache holds, so that each has left the cache before its next turn. */
    private static final int STRANGERS = 1 << 14;

    /** The length of the list. */
    @Param({"10", "1000", "100000", "1000000"})
    public int entries;

    private final Variants variants = new Variants();
    private final X509Certificate listed = variants.certificate(0);
    private final X509Certificate unlisted = variants.certificate(1);
    private final X509Certificate[] strangers = new X509Certificate[STRANGERS];
    private final List<String> thumbprints = new ArrayList<>();
    private final Presenting listedExchange = Presenting.certificate(listed);
    private final Presenting unlistedExchange = Presenting.certificate(unlisted);
    private int next;
    private AllowList list;
    private Gate gate;
    private Gate timeless;

    /** Loads a list with the one certificate and many that do not exist. */
    @Setup(Level.Trial)
    public void load() throws IOException, StoreException {
        for (int i = 0; i < STRANGERS; i++) {
            strangers[i] = variants.certificate(i + 2);
        }
        Path file = Files.createTempFile("thumbkeeper", ".txt");
        try {
            new RandomDigests(1).write(file, Variants.sha256(variants.der(0)), entries);
            Files.readAllLines(file).forEach(line -> thumbprints.add(line.toUpperCase(Locale.ROOT)));
            list = Objects.requireNonNull(Gates.stores(file).open());
            gate = Gates.gate(Gates.stores(file), InstantSource.system());
            InstantSource noon =
                    InstantSource.fixed(listed.getNotBefore().toInstant().plus(Duration.ofHours(1)));
            timeless = Gates.gate(Gates.stores(file), noon);
        } finally {
            Files.delete(file);
        }
    }

    /** A certificate object that has been seen before and is listed. */
    @Benchmark
    public Matches seen() throws GeneralSecurityException {
        return list.find(listed);
    }

    /** A certificate object that has been seen before and is not listed. */
    @Benchmark
    public Matches seenUnlisted() throws GeneralSecurityException {
        return list.find(unlisted);
    }

    /** The lower limit for a decision: it compares the dates of the certificate with the time. */
    @Benchmark
    public long clock() {
        return InstantSource.system().millis();
    }

    /** The whole decision for a certificate seen before, with the dates of the certificate and the count of admissions. */
    @Benchmark
    public Verdict decide() {
        return gate.decide(listedExchange);
    }

    /** The same without asking the system for the time. */
    @Benchmark
    public Verdict decideWithFixedClock() {
        return timeless.decide(listedExchange);
    }

    /** The whole decision for a certificate seen before that is not listed: each refusal has an id of its own. */
    @Benchmark
    public Verdict decideUnlisted() {
        return gate.decide(unlistedExchange);
    }

    /** The whole decision for a certificate object that was never seen, and is not listed. */
    @Benchmark
    public Verdict decideFirstSight() {
        return gate.decide(Presenting.certificate(stranger()));
    }

    /** A certificate object that was never seen: its bytes, their digest, the look-up. */
    @Benchmark
    public Matches firstSight() throws GeneralSecurityException {
        return list.find(stranger());
    }

    /** The lower limit for a new certificate object: its bytes and their digest. */
    @Benchmark
    public byte[] digestAlone() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(stranger().getEncoded());
    }

    /** The usual hand-written check: a digest each time, formatted, and compared with one string after the other. */
    @Benchmark
    public boolean naive() throws GeneralSecurityException {
        StringBuilder hex = new StringBuilder();
        for (byte b : MessageDigest.getInstance("SHA-256").digest(unlisted.getEncoded())) {
            hex.append(String.format(Locale.ROOT, "%02X", b));
        }
        String thumbprint = hex.toString();
        return thumbprints.stream().anyMatch(thumbprint::equalsIgnoreCase);
    }

    private X509Certificate stranger() {
        next = (next + 1) & (STRANGERS - 1);
        return strangers[next];
    }
}
