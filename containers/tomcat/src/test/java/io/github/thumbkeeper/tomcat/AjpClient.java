/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Speaks just enough AJP 1.3 to claim, as a proxy does, that a client has presented a certificate.
 *
 * <p>Codes and layout are those of the Apache JServ Protocol version 1.3.
 */
final class AjpClient {

    /** The client's address as this proxy claims it; not the peer of the socket. */
    static final String CLAIMED_ADDRESS = "203.0.113.7";

    private static final int FORWARD_REQUEST = 2;
    private static final int GET = 2;
    private static final int SSL_CERT = 0x07;
    private static final int SECRET = 0x0C;
    private static final int END_OF_ATTRIBUTES = 0xFF;
    private static final int SEND_BODY_CHUNK = 3;
    private static final int SEND_HEADERS = 4;
    private static final int END_RESPONSE = 5;

    private AjpClient() {}

    /** An answer. */
    record Answer(int status, String body) {}

    /** Gets a path from this port of the loopback address, with this certificate and secret if there are any. */
    static Answer get(int port, String path, @Nullable String certificatePem, @Nullable String secret)
            throws IOException {
        return get(port, path, certificatePem, secret, new String[0]);
    }

    /** Gets a path with header fields, name and value in turn. */
    static Answer get(int port, String path, @Nullable String certificatePem, @Nullable String secret, String... fields)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            byte[] payload = request(path, certificatePem, secret, fields);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(0x1234);
            out.writeShort(payload.length);
            out.write(payload);
            out.flush();
            return answer(new DataInputStream(socket.getInputStream()));
        }
    }

    private static byte[] request(
            String path, @Nullable String certificatePem, @Nullable String secret, String... fields)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(FORWARD_REQUEST);
        out.writeByte(GET);
        for (String text : new String[] {"HTTP/1.1", path, CLAIMED_ADDRESS, "localhost", "localhost"}) {
            writeText(out, text);
        }
        out.writeShort(443);
        out.writeBoolean(true);
        out.writeShort(fields.length / 2);
        for (String text : fields) {
            writeText(out, text);
        }
        writeAttribute(out, SSL_CERT, certificatePem);
        writeAttribute(out, SECRET, secret);
        out.writeByte(END_OF_ATTRIBUTES);
        return bytes.toByteArray();
    }

    private static void writeAttribute(DataOutputStream out, int code, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeByte(code);
            writeText(out, value);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeShort(bytes.length);
        out.write(bytes);
        out.writeByte(0);
    }

    private static Answer answer(DataInputStream in) throws IOException {
        int status = 0;
        StringBuilder body = new StringBuilder();
        while (true) {
            in.readUnsignedShort();
            DataInputStream packet =
                    new DataInputStream(new ByteArrayInputStream(in.readNBytes(in.readUnsignedShort())));
            switch (packet.readUnsignedByte()) {
                case SEND_HEADERS -> status = packet.readUnsignedShort();
                case SEND_BODY_CHUNK ->
                    body.append(new String(packet.readNBytes(packet.readUnsignedShort()), StandardCharsets.UTF_8));
                case END_RESPONSE -> {
                    return new Answer(status, body.toString());
                }
                default -> throw new IOException("not a packet of a container");
            }
        }
    }
}
