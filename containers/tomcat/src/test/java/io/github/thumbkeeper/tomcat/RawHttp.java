/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends bytes that client libraries refuse to send. */
final class RawHttp {

    private RawHttp() {}

    /** Sends a request with this request line over a new connection without TLS; returns all that comes back. */
    static String send(URI server, String requestLine, String... headers) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(10_000);
            StringBuilder request =
                    new StringBuilder(requestLine).append("\r\nHost: localhost\r\nConnection: close\r\n");
            for (String header : headers) {
                request.append(header).append("\r\n");
            }
            byte[] bytes = request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            socket.getOutputStream().write(bytes);
            return answer(socket.getInputStream());
        }
    }

    /** Returns the status of an answer, or 0 if the connection was closed without one. */
    static int status(String answer) {
        return answer.startsWith("HTTP/1.") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    private static String answer(InputStream in) throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException e) {
            return "";
        }
    }
}
