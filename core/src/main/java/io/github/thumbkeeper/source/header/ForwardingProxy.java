/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.PresentedCertificate;
import java.security.cert.X509Certificate;
import java.util.List;

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
     * <p>HAProxy writes it without the chain:
     *
     * <pre>{@code
     * http-request del-header Client-Cert
     * http-request del-header Client-Cert-Chain
     * http-request set-header Client-Cert :%[ssl_c_der,base64]: if { ssl_c_used }
     * }</pre>
     */
    RFC9440("Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> PresentedCertificate.Found.of(
                    EncodedCertificate.byteSequence(fields.certificate()),
                    EncodedCertificate.byteSequenceList(fields.chain()));
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
            return fields -> leaf(EncodedCertificate.pem(PercentEncoding.decode(fields.certificate())));
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
            return fields -> leaf(EncodedCertificate.pem(fields.certificate()));
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
            return fields -> leaf(EncodedCertificate.base64(fields.certificate()));
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
            return fields -> leafFirst(EncodedCertificate.base64List(PercentEncoding.decode(fields.certificate())));
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
            return options.name().equalsIgnoreCase(header())
                    ? NGINX.format(options)
                    : fields -> leafFirst(EncodedCertificate.pemChain(PercentEncoding.decode(fields.certificate())));
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
    };

    private final String header;

    ForwardingProxy(String header) {
        this.header = header;
    }

    /** Returns the default name of the header field. */
    public String header() {
        return header;
    }

    /** Returns the reader of the format. */
    abstract HeaderFormat format(HeaderOptions options);

    private static PresentedCertificate leaf(X509Certificate certificate) {
        return PresentedCertificate.Found.of(certificate, List.of());
    }

    private static PresentedCertificate leafFirst(List<X509Certificate> chain) {
        return PresentedCertificate.Found.of(chain.get(0), chain.subList(1, chain.size()));
    }
}
