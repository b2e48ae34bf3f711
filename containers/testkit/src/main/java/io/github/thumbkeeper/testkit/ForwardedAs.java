/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Writes certificates into a header field as each kind of proxy does. */
public enum ForwardedAs {
    RFC9440("Client-Cert") {
        @Override
        public String encode(X509Certificate... chain) {
            return ":" + base64(chain[0]) + ":";
        }
    },
    NGINX("X-SSL-Client-Cert") {
        @Override
        public String encode(X509Certificate... chain) {
            // NGX_ESCAPE_URI_COMPONENT leaves the unreserved characters of RFC 3986.
            return escaped(pem(chain[0]), c -> isAlphanumeric(c) || "-._~".indexOf(c) >= 0);
        }
    },
    APACHE("SSL_CLIENT_CERT") {
        @Override
        public String encode(X509Certificate... chain) {
            return pem(chain[0]).replace('\n', ' ');
        }
    },
    HAPROXY("X-SSL-Client-DER") {
        @Override
        public String encode(X509Certificate... chain) {
            return base64(chain[0]);
        }
    },
    AZURE("X-ARR-ClientCert") {
        @Override
        public String encode(X509Certificate... chain) {
            return base64(chain[0]);
        }
    },
    TRAEFIK("X-Forwarded-Tls-Client-Cert") {
        @Override
        public String encode(X509Certificate... chain) {
            return Arrays.stream(chain).map(ForwardedAs::base64).collect(Collectors.joining(","));
        }
    },
    AWS_ALB("X-Amzn-Mtls-Clientcert-Leaf") {
        @Override
        public String encode(X509Certificate... chain) {
            return Arrays.stream(chain)
                    .map(each -> escaped(pem(each), c -> isAlphanumeric(c) || "-._~+=/".indexOf(c) >= 0))
                    .collect(Collectors.joining());
        }
    },
    XFCC("X-Forwarded-Client-Cert") {
        @Override
        public String encode(X509Certificate... chain) {
            String all = Arrays.stream(chain).map(ForwardedAs::envoyPem).collect(Collectors.joining());
            return "By=spiffe://example.org/app;Hash=" + sha256(chain[0]) + ";Cert=\"" + envoyPem(chain[0])
                    + "\";Chain=\"" + all + "\";Subject=\"CN=any\";URI=";
        }
    };

    private final String header;

    ForwardedAs(String header) {
        this.header = header;
    }

    /** Returns the usual name of the header field. */
    public String header() {
        return header;
    }

    /** Returns the name of the format in the settings. */
    public String format() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the value of the field; leaf first, and formats that hold the leaf only leave out the others. */
    public abstract String encode(X509Certificate... chain);

    /** Returns the DER form in base64, without line breaks. */
    public static String base64(X509Certificate certificate) {
        return Base64.getEncoder().encodeToString(der(certificate));
    }

    /** Returns the SHA-256 of the certificate in lower-case hex. */
    public static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the PEM form as OpenSSL writes it. */
    public static String pem(X509Certificate certificate) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate));
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** Returns the PEM form as Envoy escapes it. */
    public static String envoyPem(X509Certificate certificate) {
        return escaped(pem(certificate), c -> "\n +/=".indexOf(c) < 0);
    }

    private static String escaped(String text, IntPredicate plain) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
            if (plain.test(b)) {
                out.append((char) b);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", b));
            }
        }
        return out.toString();
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
