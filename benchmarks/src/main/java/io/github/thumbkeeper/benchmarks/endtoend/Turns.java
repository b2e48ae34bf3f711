/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One TLS 1.3 connection that stays open and requests several paths of one server in turn, in an order that differs in each
 * round. Not thread-safe.
 *
 * <p>Interference by other processes and by the clock rate of the processor affects all paths alike, and no path always follows
 * the same other one, whose traces in the caches it would pay for.
 */
final class Turns implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] STATUS = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\r\n\r\nhello\n".getBytes(StandardCharsets.US_ASCII);

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 14];
    private final SplittableRandom random = new SplittableRandom(1);

    /** Connects, and presents the certificate. */
    Turns(int port, X509Certificate server, TestCertificate client) throws IOException {
        TlsClient tls = TlsClient.trusting(server).presenting(client).build();
        socket = (SSLSocket) tls.sslContext().getSocketFactory().createSocket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /**
     * Requests each path once a round, and measures every request.
     *
     * @param between a path to request, without measuring it, before each of them, so that a slow one does not slow down the
     *     next; null for none
     * @param rounds the number of rounds in each block; a quarter more comes first, and only warms up
     */
    Increments run(List<String> paths, @Nullable String between, int blocks, int rounds) throws IOException {
        byte[][] requests = paths.stream().map(Turns::request).toArray(byte[][]::new);
        long[][][] nanos = new long[paths.size()][blocks][rounds];
        int[] order = IntStream.range(0, requests.length).toArray();
        for (int block = -blocks / 4; block < blocks; block++) {
            for (int round = 0; round < rounds; round++) {
                shuffle(order);
                for (int path : order) {
                    if (between != null) {
                        repeat(between, 1);
                    }
                    long taken = ask(requests[path], paths.get(path));
                    nanos[path][Math.max(0, block)][round] = taken;
                }
            }
        }
        return new Increments(nanos);
    }

    /** Requests one path many times, without measuring it. */
    void repeat(String path, int times) throws IOException {
        byte[] request = request(path);
        for (int i = 0; i < times; i++) {
            ask(request, path);
        }
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
    }

    private static byte[] request(String path) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private long ask(byte[] request, String path) throws IOException {
        long start = System.nanoTime();
        out.write(request);
        int length = 0;
        do {
            int read = in.read(buffer, length, buffer.length - length);
            if (read <= 0) {
                throw new IOException(path + ": the connection ended after " + length + " bytes");
            }
            length += read;
        } while (!endsBody(length));
        long taken = System.nanoTime() - start;
        if (!isAt(STATUS, 0)) {
            throw new IOException(path + ": expected 200, not " + text(STATUS.length));
        }
        return taken;
    }

    /** Returns whether the response is complete; another one than the page is complete with its first part. */
    private boolean endsBody(int length) {
        boolean other = length >= STATUS.length && !isAt(STATUS, 0);
        return other || (length >= END.length && isAt(END, length - END.length));
    }

    private boolean isAt(byte[] expected, int offset) {
        for (int i = 0; i < expected.length; i++) {
            if (buffer[offset + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int length) {
        return new String(buffer, 0, length, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
