/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on a free local port; the test decides every byte of its answers. */
public final class FakeResponder implements AutoCloseable {

    /** Answers one request. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Writes the answer to a connection, which is closed afterwards.
         *
         * @param body the body of the request
         */
        void run(byte[] body, Socket connection) throws IOException;
    }

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Starts a server that behaves like this. */
    public FakeResponder(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Answers with a status and a body. */
    public static void answer(Socket connection, String status, byte[] body) throws IOException {
        answer(connection, status, "", body);
    }

    /** Answers with a status, header lines and a body. */
    public static void answer(Socket connection, String status, String headers, byte[] body) throws IOException {
        OutputStream out = connection.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n" + headers
                        + "Connection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    /** Returns a URL of this server. */
    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/status";
    }

    /** Returns the number of connections so far. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                requests.incrementAndGet();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            behaviour.run(bodyOf(new BufferedInputStream(connection.getInputStream())), connection);
        } catch (IOException e) {
            // The client has given up, as it should when this server is slow.
        } finally {
            open.remove(connection);
        }
    }

    private static byte[] bodyOf(InputStream in) throws IOException {
        int length = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
        }
        return in.readNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n' && b >= 0; b = in.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-responder");
        thread.setDaemon(true);
        thread.start();
    }
}
