/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The client as a proxy describes it in header fields: its certificate, or only a thumbprint.
 *
 * <p>Immutable and thread-safe.
 */
sealed interface ForwardedClient {

    /** A certificate with the rest of its chain. */
    record Certificate(X509Certificate leaf, Chain chain) implements ForwardedClient {

        /** Returns a certificate of a format that forwards no chain. */
        static Certificate alone(X509Certificate leaf) {
            return new Certificate(leaf, new Chain.Parsed(List.of()));
        }
    }

    /** The thumbprint of a certificate that the proxy does not forward. */
    record Hash(Thumbprint thumbprint) implements ForwardedClient {}

    /** The rest of a chain: claims of the client, from which a path may be built. It is not needed to identify the client. */
    sealed interface Chain {

        /** Certificates, in the order sent. */
        record Parsed(List<X509Certificate> certificates) implements Chain {}

        /** A chain that does not match its format, or has a certificate that cannot be read. */
        record Unreadable(BadHeaderException problem) implements Chain {}

        /** Reads a chain; a problem in it is kept, because a gate may not need the chain. */
        static Chain read(X509Certificate leaf, Reader reader) {
            try {
                List<X509Certificate> all = reader.read();
                // Some proxies begin the chain with the certificate itself.
                return new Parsed(!all.isEmpty() && all.get(0).equals(leaf) ? all.subList(1, all.size()) : all);
            } catch (BadHeaderException e) {
                return new Unreadable(e);
            }
        }

        /** Parses the DER of each certificate of a chain. */
        static Chain parse(X509Certificate leaf, List<byte[]> ders) {
            return read(leaf, () -> {
                List<X509Certificate> all = new ArrayList<>(ders.size());
                for (int i = 0; i < ders.size(); i++) {
                    try {
                        all.add(EncodedCertificate.certificate(ders.get(i)));
                    } catch (BadHeaderException e) {
                        throw e.in("certificate " + (i + 1) + " of the chain");
                    }
                }
                return all;
            });
        }

        /** Reads the certificates of a chain. */
        @FunctionalInterface
        interface Reader {
            List<X509Certificate> read() throws BadHeaderException;
        }
    }
}
