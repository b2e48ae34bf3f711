/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Logs that client certificates pass the handshake while no gate is running: at the first one, then hourly.
 *
 * <p>It refuses nothing: while an application is redeployed, its clients would lose their connections instead of getting a 503, and
 * open connections would not be closed anyway. Thread-safe.
 */
final class UnguardedHandshakes {

    private static final long INTERVAL = Duration.ofHours(1).toNanos();

    /** The name is that of LogTopic.TLS, which this package does not use: a handshake needs nothing but the JDK. */
    private final System.Logger logger = System.getLogger("io.github.thumbkeeper.tls");

    private final LongSupplier nanoTime;
    private final AtomicLong next;

    UnguardedHandshakes() {
        this(System::nanoTime);
    }

    /**
     * Creates the report.
     *
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     */
    UnguardedHandshakes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    void reportIfNoGateRuns() {
        if (!RunningGates.none()) {
            return;
        }
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + INTERVAL)) {
            logger.log(
                    Level.ERROR,
                    "TK-419 a client certificate passed the TLS handshake unchecked, and no gate is running in this JVM:"
                            + " applications see any subject that a client invents. Put ClientCertificateValve into an"
                            + " <Engine>, <Host> or <Context> (Tomcat skips a <Valve> under <Service> or <Connector> with"
                            + " \"No rules found\"), or map ClientCertificateFilter in each application, and look for a"
                            + " gate that failed to start; without a gate, remove AnyClientCertificate from the TLS"
                            + " configuration");
        }
    }
}
