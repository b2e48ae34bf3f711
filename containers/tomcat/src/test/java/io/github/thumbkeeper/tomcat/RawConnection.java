/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One HTTP/1.1 connection that a test keeps open: no library opens another one or repeats a request. Not thread-safe.
 */
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer; the names of the fields are in lower case. */
    record Answer(int status, Map<String, String> fields, String body) {}

    /** Connects with TLS, and shakes hands. */
    static RawConnection open(URI server, SSLContext tls, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(server.getHost(), server.getPort());
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return new RawConnection(socket);
    }

    /** Connects without TLS. */
    static RawConnection open(URI server) throws IOException {
        return new RawConnection(new Socket(server.getHost(), server.getPort()));
    }

    /** Connects without TLS from this address of this machine, as {@code 127.0.0.2}. */
    static RawConnection open(URI server, String from) throws IOException {
        return new RawConnection(new Socket(server.getHost(), server.getPort(), InetAddress.getByName(from), 0));
    }

    /** Gets a path, with more lines in the head or not, and keeps the connection open. */
    Answer get(String path, String... lines) throws IOException {
        List<String> head = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost"));
        head.addAll(List.of(lines));
        send(head.toArray(String[]::new));
        return read(false);
    }

    /** Sends the head of a request, and nothing else. */
    void send(String... lines) throws IOException {
        byte[] head = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        socket.getOutputStream().write(head);
        socket.getOutputStream().flush();
    }

    /** Reads one answer, interim ones such as 100 and 101 included. */
    Answer read(boolean toHead) throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            fields.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(status, fields, toHead || status < 200 ? "" : body(fields));
    }

    /** Returns whether the server ends the connection without another byte. */
    boolean isEnded() throws IOException {
        return in.read() < 0;
    }

    /** Reads a short frame of WebSocket from a server (RFC 6455 section 5.2), and returns its payload. */
    String frame() throws IOException {
        byte[] head = in.readNBytes(2);
        return text(head[1]);
    }

    SSLSession session() {
        return ((SSLSocket) socket).getSession();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String body(Map<String, String> fields) throws IOException {
        if ("chunked".equals(fields.get("transfer-encoding"))) {
            StringBuilder body = new StringBuilder();
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                body.append(text(size));
                line();
            }
            line();
            return body.toString();
        }
        String length = fields.get("content-length");
        return length == null ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : text(Integer.parseInt(length));
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server ended the connection after [" + line + "]");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
