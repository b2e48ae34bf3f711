/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import static io.github.thumbkeeper.source.header.ForwardedClient.Certificate.alone;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of proxies whose format of a forwarded certificate is known. Each constant shows a line of the header and the
 * configuration that makes the proxy send it; docs/proxies.md has the complete recipes.
 *
 * @see HeaderFormat
 */
public enum ForwardingProxy {
    /**
     * Any proxy that follows RFC 9440: a byte sequence with the leaf, and the rest of the chain in a field of its own.
     *
     * <pre>{@code
     * Client-Cert: :MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBB...:
     * Client-Cert-Chain: :MIIB5jCCAYugAwIBAgIBFjAKBggqhkjOPQQDAjBWMQswCQYDVQQGEwJVUzEb...:, :MIICBjCC...:
     * }</pre>
     *
     * <p>HAProxy writes all certificates of the chain into one byte sequence:
     *
     * <pre>{@code
     * http-request del-header Client-Cert
     * http-request del-header Client-Cert-Chain
     * http-request set-header Client-Cert :%[ssl_c_der,base64]: if { ssl_c_used }
     * http-request set-header Client-Cert-Chain :%[ssl_c_chain_der,base64]: if { ssl_c_chain_der -m found }
     * }</pre>
     */
    RFC9440("Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> {
                X509Certificate leaf = EncodedCertificate.byteSequence(fields.certificate());
                ForwardedClient.Chain chain = ForwardedClient.Chain.read(
                        leaf, () -> EncodedCertificate.byteSequenceList(fields.printableChain()));
                return new ForwardedClient.Certificate(leaf, chain);
            };
        }
    },
    /**
     * nginx: PEM in percent-encoding. The older variable {@code $ssl_client_cert} has line breaks and is not supported.
     *
     * <pre>{@code
     * X-SSL-Client-Cert: -----BEGIN%20CERTIFICATE-----%0AMIIBqDCCAU6gAwIBAgIBBzAK...%0A-----END%20CERTIFICATE-----%0A
     * }</pre>
     *
     * <pre>{@code
     * proxy_set_header X-SSL-Client-Cert $ssl_client_escaped_cert;
     * }</pre>
     */
    NGINX("X-SSL-Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> alone(EncodedCertificate.pem(PercentEncoding.decode(fields.certificate())));
        }
    },
    /**
     * Apache httpd with mod_headers: PEM whose line feeds became blanks.
     *
     * <pre>{@code
     * SSL_CLIENT_CERT: -----BEGIN CERTIFICATE----- MIIBqDCCAU6gAwIBAgIBBzAK... -----END CERTIFICATE-----
     * }</pre>
     *
     * <pre>{@code
     * RequestHeader set SSL_CLIENT_CERT "%{SSL_CLIENT_CERT}s"
     * }</pre>
     */
    APACHE("SSL_CLIENT_CERT") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> alone(EncodedCertificate.pem(fields.certificate()));
        }
    },
    /**
     * HAProxy: DER in base64.
     *
     * <pre>{@code
     * X-SSL-Client-DER: MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBB...
     * }</pre>
     *
     * <pre>{@code
     * http-request del-header X-SSL-Client-DER
     * http-request set-header X-SSL-Client-DER %[ssl_c_der,base64] if { ssl_c_used }
     * }</pre>
     */
    HAPROXY("X-SSL-Client-DER") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> alone(EncodedCertificate.base64(fields.certificate()));
        }
    },
    /**
     * Azure App Service: DER in base64, as HAProxy writes it. Needs no configuration except "Client certificate mode".
     *
     * <pre>{@code
     * X-ARR-ClientCert: MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBB...
     * }</pre>
     */
    AZURE("X-ARR-ClientCert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return HAPROXY.format(options);
        }
    },
    /**
     * Traefik: DER in base64, leaf first. Older releases also percent-encode it.
     *
     * <pre>{@code
     * X-Forwarded-Tls-Client-Cert: MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQD...,MIIB5jCCAYugAwIBAgIBFjAK...
     * }</pre>
     *
     * <pre>{@code
     * http.middlewares.client-certificate.passTLSClientCert.pem: true
     * }</pre>
     */
    TRAEFIK("X-Forwarded-Tls-Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> {
                FieldParts parts = FieldParts.atComma(fields.certificate());
                return parts.read(text -> EncodedCertificate.base64List(PercentEncoding.decode(text)));
            };
        }

        @Override
        int longest(HeaderOptions options) {
            return FieldLimits.CERTIFICATE + FieldLimits.CHAIN;
        }
    },
    /**
     * AWS Application Load Balancer: PEM in percent-encoding, except for {@code + = /}. In verify mode it sends the leaf; in
     * passthrough mode the field {@code X-Amzn-Mtls-Clientcert} has the whole chain, leaf first.
     *
     * <pre>{@code
     * X-Amzn-Mtls-Clientcert-Leaf: -----BEGIN%20CERTIFICATE-----%0AMIIBqDCCAU6gAwIB...%0A-----END%20CERTIFICATE-----%0A
     * }</pre>
     */
    AWS_ALB("X-Amzn-Mtls-Clientcert-Leaf") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return isLeafOnly(options)
                    ? NGINX.format(options)
                    : fields -> {
                        FieldParts parts = FieldParts.afterPem(fields.certificate());
                        return parts.read(text -> EncodedCertificate.pemBlocks(PercentEncoding.decode(text)));
                    };
        }

        @Override
        int longest(HeaderOptions options) {
            return isLeafOnly(options) ? FieldLimits.CERTIFICATE : FieldLimits.CERTIFICATE + FieldLimits.CHAIN;
        }

        private boolean isLeafOnly(HeaderOptions options) {
            return options.name().equalsIgnoreCase(header());
        }
    },
    /**
     * Envoy, and proxies built on it such as Istio: elements with {@code Hash} and {@code Cert}, and optionally {@code Chain}.
     *
     * <pre>{@code
     * X-Forwarded-Client-Cert: Hash=468ed33be74eee6556d90c01...;Cert="-----BEGIN%20CERTIFICATE-----%0AMIIBqDCC..."
     * }</pre>
     *
     * <pre>{@code
     * forward_client_cert_details: SANITIZE_SET
     * set_current_client_cert_details:
     *   cert: true
     * }</pre>
     */
    XFCC("X-Forwarded-Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return new XfccFormat(options.hops(), options.hashOnly());
        }

        @Override
        int longest(HeaderOptions options) {
            return options.hops() * FieldLimits.ELEMENT;
        }
    },
    /**
     * Any proxy that forwards only the thumbprint: a claim, to which only lists of thumbprints of the same algorithm can be
     * applied. There is no usual name of the field.
     *
     * <pre>{@code
     * X-SSL-Client-Fingerprint: 870ed5a94b3cbff3a0ac5c2ac1b4b8bba2f4e8b8
     * }</pre>
     *
     * <pre>{@code
     * proxy_set_header X-SSL-Client-Fingerprint $ssl_client_fingerprint;
     * }</pre>
     */
    FINGERPRINT(null) {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return new FingerprintFormat();
        }
    };

    private final @Nullable String header;

    ForwardingProxy(@Nullable String header) {
        this.header = header;
    }

    /** Returns the default name of the header field, or null if there is none. */
    public @Nullable String header() {
        return header;
    }

    /** Returns the reader of the format. */
    abstract HeaderFormat format(HeaderOptions options);

    /** Returns the length over which a field is not read at all; the format checks the length of each part in it. */
    int longest(HeaderOptions options) {
        return FieldLimits.CERTIFICATE;
    }
}
