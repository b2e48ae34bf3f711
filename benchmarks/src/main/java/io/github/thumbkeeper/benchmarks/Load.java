/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;

/**
 * Sends requests at a fixed rate over a few connections that stay open. The duration of a request that waits for the previous
 * one starts when it was due, so that no pause is missed.
 */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 4;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\nhello\n".getBytes(StandardCharsets.US_ASCII);

    private final List<SSLSocket> sockets = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final long gap;

    Load(GuardedTomcat server, TestCertificate client, int rate) throws IOException {
        gap = 1_000_000_000L * CONNECTIONS / rate;
        TlsClient tls =
                TlsClient.trusting(server.certificate()).presenting(client).build();
        for (int i = 0; i < CONNECTIONS; i++) {
            SSLSocket socket = (SSLSocket) tls.sslContext().getSocketFactory().createSocket("127.0.0.1", server.port());
            socket.setTcpNoDelay(true);
            sockets.add(socket);
        }
    }

    /** Sends requests for this long and records the duration of each. */
    void run(long nanos, Latencies latencies) throws Exception {
        List<Future<?>> all = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < CONNECTIONS; i++) {
            SSLSocket socket = sockets.get(i);
            long first = begin + i * gap / CONNECTIONS;
            all.add(threads.submit(() -> {
                ask(socket, first, begin + nanos, latencies);
                return null;
            }));
        }
        for (Future<?> each : all) {
            each.get();
        }
    }

    private void ask(SSLSocket socket, long first, long end, Latencies latencies) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        for (long due = first; due < end; due += gap) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            socket.getOutputStream().write(REQUEST);
            read(in);
            latencies.add(System.nanoTime() - due);
        }
    }

    /** Reads the whole response, which must be the page and not a refusal. */
    private static void read(InputStream in) throws IOException {
        int matched = 0;
        while (matched < END.length) {
            int b = in.read();
            if (b < 0 || (matched > 3 && b != END[matched])) {
                throw new IOException("another answer than the page");
            }
            matched = b == END[matched] ? matched + 1 : b == '\r' ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        threads.shutdown();
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }
}
