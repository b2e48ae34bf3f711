/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.naming.NameNotFoundException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Cost of deciding on a request with a gate as the settings make it, with all its listeners. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 6, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets up
public class SettingsBenchmark {

    /** More than the caches hold, so that each has left them before its next turn. */
    private static final int CLIENTS = 1 << 13;

    /** The configured logger, which must not be collected. */
    private static final Logger LOG = Logger.getLogger("io.github.thumbkeeper");

    /** What the gate does, besides looking a certificate up in a file. */
    @Param({"listed", "refused", "key size", "nginx", "xfcc", "trust", "1 rule", "10 rules", "200 rules"})
    public String configuration;

    private final Presenting[] requests = new Presenting[CLIENTS];
    private Path folder;
    private Gate gate;
    private int next;

    /** Makes the clients and opens the gate. */
    @Setup
    public void open() throws IOException {
        LOG.setLevel(Level.OFF);
        folder = Files.createTempDirectory("thumbkeeper");
        TestCertificate authority =
                TestCertificate.named("CN=authority,O=Shop").ca().build();
        KeyPair key = TestCertificate.named("CN=client").build().keyPair();
        Variants variants = new Variants();
        List<String> thumbprints = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            X509Certificate client = isTrusted() ? issuedBy(authority, key) : variants.certificate(i);
            thumbprints.add(ForwardedAs.sha256(client));
            requests[i] = request(client);
        }
        boolean listed = !configuration.equals("refused") && !configuration.contains("rule");
        Path list = Files.write(folder.resolve("clients.txt"), listed ? thumbprints : List.of(authority.sha256()));
        Path root = Files.writeString(folder.resolve("root.pem"), authority.pem());
        Map<String, String> settings = new HashMap<>(Map.of("store", list.toString()));
        settings.putAll(settings());
        if (isTrusted()) {
            settings.putAll(Map.of("validateTrust", "true", "trustStore", root.toString()));
        }
        gate = Settings.parse(settings, new OnlyFiles())
                .open("benchmark", InstantSource.system(), Runnable::run)
                .gate();
        Verdict verdict = gate.decide(requests[0]);
        if (verdict instanceof Verdict.Refused refused && !configuration.equals("refused")) {
            throw new IllegalStateException("is refused: " + refused.text());
        }
    }

    /** Returns whether paths are verified, as rules about names demand. */
    private boolean isTrusted() {
        return configuration.equals("trust") || configuration.contains("rule");
    }

    /** Returns a client with a path: the signatures of {@link Variants} are wrong. All have one key, because making keys takes long. */
    private static X509Certificate issuedBy(TestCertificate authority, KeyPair key) {
        return TestCertificate.named("CN=client,O=Shop,C=DE")
                .key(key)
                .issuedBy(authority)
                .dnsName("client.example")
                .build()
                .certificate();
    }

    private Presenting request(X509Certificate certificate) {
        return switch (configuration) {
            case "nginx" -> header(ForwardedAs.NGINX, certificate);
            case "xfcc" -> header(ForwardedAs.XFCC, certificate);
            default -> Presenting.certificate(certificate);
        };
    }

    private static Presenting header(ForwardedAs proxy, X509Certificate certificate) {
        return Presenting.header(proxy.header(), proxy.encode(certificate));
    }

    private Map<String, String> settings() {
        return switch (configuration) {
            case "key size" -> Map.of("minimumKeySize", "RSA=2048,EC=256");
            case "nginx", "xfcc" -> Map.of("certificateHeader", configuration, "trustedProxies", "127.0.0.1");
            case "1 rule", "10 rules", "200 rules" ->
                Map.of("identities", rules(Integer.parseInt(configuration.substring(0, configuration.indexOf(' ')))));
            default -> Map.of();
        };
    }

    /** The last rule matches. */
    private static String rules(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> "common-name=" + (i < number ? "other" + i : "client"))
                .collect(Collectors.joining(";"));
    }

    /** Removes the files. */
    @TearDown
    public void close() throws IOException {
        Files.delete(folder.resolve("clients.txt"));
        Files.delete(folder.resolve("root.pem"));
        Files.delete(folder);
    }

    /** A client seen before. */
    @Benchmark
    public Verdict known() {
        return gate.decide(requests[0]);
    }

    /** A client that was never seen, or whose results have left the caches. */
    @Benchmark
    public Verdict firstSight() {
        next = (next + 1) & (CLIENTS - 1);
        return gate.decide(requests[next]);
    }

    /** Resources of a program without a container: only files. */
    private static final class OnlyFiles implements ContainerResources {
        @Override
        public Object lookup(String name) throws NameNotFoundException {
            throw new NameNotFoundException(name);
        }

        @Override
        public Object lookupGlobal(String name) throws NameNotFoundException {
            throw new NameNotFoundException(name);
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }
}
