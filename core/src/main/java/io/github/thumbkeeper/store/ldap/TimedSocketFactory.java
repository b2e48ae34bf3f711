/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates TLS sockets with a read timeout, because StartTLS has no time limit of its own.
 *
 * <p>Thread-safe.
 */
final class TimedSocketFactory extends SSLSocketFactory {

    private static final String ONLY_OVER = "only supported over an open connection";

    private final SSLSocketFactory sockets;
    private final int milliseconds;

    TimedSocketFactory(SSLSocketFactory sockets, Duration timeout) {
        this.sockets = sockets;
        this.milliseconds = Math.toIntExact(timeout.toMillis());
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return timed(sockets.createSocket(socket, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException(ONLY_OVER);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException(ONLY_OVER);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException(ONLY_OVER);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException(ONLY_OVER);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    private Socket timed(Socket socket) throws IOException {
        socket.setSoTimeout(milliseconds);
        return socket;
    }
}
