/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.testkit.CostlyKeys;
import io.github.thumbkeeper.testkit.DisguisedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.tls.AnyClientCertificate;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Serves admitted requests through the permissive trust manager while twelve clients begin handshakes with a DSA key of 240000
 * bits, and compares with no such clients, and with twelve clients whose keys are ordinary, in alternating windows.
 *
 * <p>Clients and server share the machine and the JVM. Arguments: the number of windows of each kind (6), the requests a second
 * (100), and {@code unlimited} for a trust manager without limits; with that one, give one window, because its handshakes
 * outlast it.
 */
public final class CostlyHandshakes {

    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final int BITS = 240_000;
    private static final double GOAL = 1.5;

    private final PrintStream out;
    private final TestCertificate client =
            TestCertificate.named("CN=client").ec().build();
    private final Latencies alone = new Latencies();
    private final Latencies besideOrdinary = new Latencies();
    private final Latencies besideCostly = new Latencies();
    private int begun;
    private int refused;

    private CostlyHandshakes(PrintStream out) {
        this.out = out;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int windows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        boolean unlimited = arguments.length > 2 && arguments[2].equals("unlimited");
        try (WorkDirectory work = new WorkDirectory()) {
            new CostlyHandshakes(System.out)
                    .measure(work.path(), windows, rate, unlimited ? Unlimited.class : Limited.class);
        }
    }

    private void measure(Path directory, int windows, int rate, Class<? extends X509ExtendedTrustManager> trustManager)
            throws Exception {
        Path listed = directory.resolve("clients.txt");
        Files.writeString(listed, client.sha256() + "\n");
        Gate gate = Gates.gate(Gates.stores(listed), InstantSource.system());
        TestCertificate stranger = TestCertificate.named("CN=stranger").dsa().build();
        X509Certificate costly = DisguisedCertificate.of(stranger.certificate(), CostlyKeys.dsa(BITS));
        try (GuardedTomcat tomcat = new GuardedTomcat(directory, gate, trustManager);
                Load load = new Load(tomcat, client, rate)) {
            SSLContext ordinary = presenting(tomcat, stranger, stranger.certificate());
            SSLContext attack = presenting(tomcat, stranger, costly);
            load.run(WINDOW_NANOS, new Latencies());
            for (int window = 0; window < windows; window++) {
                load.run(WINDOW_NANOS, alone);
                try (Handshakes handshakes = new Handshakes(tomcat, ordinary)) {
                    load.run(WINDOW_NANOS, besideOrdinary);
                    require(handshakes.refused() == 0);
                }
                try (Handshakes handshakes = new Handshakes(tomcat, attack)) {
                    load.run(WINDOW_NANOS, besideCostly);
                    begun += handshakes.begun();
                    refused += handshakes.refused();
                }
            }
            print(rate, trustManager);
        }
    }

    private static void require(boolean ordinaryPass) {
        if (!ordinaryPass) {
            throw new IllegalStateException("an ordinary handshake was refused");
        }
    }

    private static SSLContext presenting(GuardedTomcat tomcat, TestCertificate stranger, X509Certificate certificate) {
        return TlsClient.trusting(tomcat.certificate())
                .presentingChain(stranger.privateKey(), certificate)
                .sslContext();
    }

    private void print(int rate, Class<?> trustManager) {
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, load average %.1f; %d requests a second; %s; %d costly handshakes begun, %d"
                        + " refused within the windows%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rate,
                trustManager.getSimpleName(),
                begun,
                refused);
        out.println("| windows | requests | p50 us | p99 us | longest us |");
        out.println("|---|---|---|---|---|");
        print("without other clients", alone);
        print("beside twelve ordinary ones", besideOrdinary);
        print("beside twelve costly ones", besideCostly);
        double ratio = besideCostly.micros(0.5) / alone.micros(0.5);
        out.printf(
                Locale.ROOT,
                "%np50 ratio %.2f (goal %s: %s), p99 ratio %.2f%n",
                ratio,
                GOAL,
                ratio <= GOAL ? "met" : "missed",
                besideCostly.micros(0.99) / alone.micros(0.99));
    }

    private void print(String title, Latencies latencies) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |%n",
                title,
                latencies.size(),
                latencies.micros(0.5),
                latencies.micros(0.99),
                latencies.micros(1));
    }

    /** As the valve's trust manager. */
    public static final class Limited extends AnyClientCertificate {

        /** Makes the trust manager; Tomcat calls this. */
        public Limited() {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException();
        }
    }

    /** Accepts every certificate without any limit. */
    public static final class Unlimited extends X509ExtendedTrustManager {

        /** Makes the trust manager; Tomcat calls this. */
        public Unlimited() {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
