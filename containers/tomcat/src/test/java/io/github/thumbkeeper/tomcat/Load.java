/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Connections that send requests until closed; each expects one verdict that must never change. */
final class Load implements AutoCloseable {

    private static final long PAUSE_MILLIS = 5;

    private final GuardedTomcat server;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final LongAdder answers = new LongAdder();

    Load(GuardedTomcat server) {
        this.server = server;
    }

    /** Opens this many connections with this certificate, or none; every answer must have this status. */
    Load with(int connections, @Nullable TestCertificate certificate, int status) throws IOException {
        for (int i = 0; i < connections; i++) {
            RawConnection connection = server.connect(certificate);
            Thread thread = new Thread(() -> ask(connection, status), "load-" + status + "-" + threads.size());
            threads.add(thread);
            thread.start();
        }
        return this;
    }

    /** Returns the wrong answers and failed connections so far. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    long answers() {
        return answers.sum();
    }

    @Override
    public void close() {
        end.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(RawConnection connection, int status) {
        try (connection) {
            while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                RawConnection.Answer answer = connection.get("/app/x");
                answers.increment();
                boolean called = answer.body().contains("verdict=admitted");
                if (answer.status() != status || called != (status == 200)) {
                    wrong.add(status + " expected: " + answer);
                }
            }
        } catch (IOException | InterruptedException e) {
            wrong.add(status + " expected: " + e);
        }
    }
}
