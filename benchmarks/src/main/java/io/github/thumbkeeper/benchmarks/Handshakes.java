/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Twelve clients, each of which begins a TLS 1.2 handshake every second unless its last one is still running, until closed. */
final class Handshakes implements AutoCloseable {

    private static final int CLIENTS = 12;
    private static final long GAP = TimeUnit.SECONDS.toNanos(1);
    private static final int PATIENCE_MILLIS = 600_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean closed;

    Handshakes(GuardedTomcat server, SSLContext client) {
        long start = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            long first = start + i * GAP / CLIENTS;
            threads.execute(() -> repeat(server, client, first));
        }
    }

    int begun() {
        return begun.get();
    }

    int refused() {
        return refused.get();
    }

    private void repeat(GuardedTomcat server, SSLContext client, long first) {
        for (long due = first; !closed; due = Math.max(due + GAP, System.nanoTime())) {
            for (long wait = due - System.nanoTime(); wait > 0 && !closed; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            begun.incrementAndGet();
            try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", server.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.startHandshake();
            } catch (IOException e) {
                refused.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
    }
}
