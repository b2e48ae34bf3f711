/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** The kinds of proxies whose way to forward a certificate is known. */
public enum ForwardingProxy {
    /** Any that follows RFC 9440: a byte sequence, and what the client sent along in a field of its own. */
    RFC9440("Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> new ForwardedCertificate(
                    ByteSequences.item(fields.certificate()), ByteSequences.list(fields.chain()));
        }
    },
    /** nginx: {@code $ssl_client_escaped_cert}, PEM in percent-encoding. */
    NGINX("X-SSL-Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> new ForwardedCertificate(PemArmour.one(PercentEncoding.decode(fields.certificate())));
        }
    },
    /** Apache httpd: {@code %{SSL_CLIENT_CERT}s} of mod_headers, PEM whose line feeds became blanks. */
    APACHE("SSL_CLIENT_CERT") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> new ForwardedCertificate(PemArmour.one(fields.certificate()));
        }
    },
    /** HAProxy: {@code %[ssl_c_der,base64]}. */
    HAPROXY("X-SSL-Client-DER") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> new ForwardedCertificate(Base64Der.certificate(fields.certificate()));
        }
    },
    /** Azure App Service: DER in base64. */
    AZURE("X-ARR-ClientCert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> new ForwardedCertificate(Base64Der.certificate(fields.certificate()));
        }
    },
    /** Traefik: base64 without armour, the leaf first; older releases percent-encode it besides. */
    TRAEFIK("X-Forwarded-Tls-Client-Cert") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return fields -> ForwardedCertificate.leafFirst(bare(PercentEncoding.decode(fields.certificate())));
        }
    },
    /** AWS Application Load Balancer: PEM in percent-encoding, but for {@code + = /}; the leaf or the chain by the name. */
    AWS_ALB("X-Amzn-Mtls-Clientcert-Leaf") {
        @Override
        HeaderFormat format(HeaderOptions options) {
            return options.name().equalsIgnoreCase(header())
                    ? NGINX.format(options)
                    : fields ->
                            ForwardedCertificate.leafFirst(PemArmour.all(PercentEncoding.decode(fields.certificate())));
        }
    },
    /** Envoy and what is built on it: {@code Hash=…;Cert="…"} and more. */
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

    /** Returns the name of the header field unless another one is chosen. */
    public String header() {
        return header;
    }

    /** Returns the format. */
    abstract HeaderFormat format(HeaderOptions options);

    private static List<X509Certificate> bare(String text) throws BadHeaderException {
        List<X509Certificate> all = new ArrayList<>(1);
        for (String member : text.split(",", -1)) {
            all.add(Base64Der.certificate(member));
        }
        return all;
    }
}
