/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static io.github.thumbkeeper.testkit.ForwardedAs.base64;
import static io.github.thumbkeeper.testkit.ForwardedAs.envoyPem;
import static io.github.thumbkeeper.testkit.ForwardedAs.pem;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateParser;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.RejectedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What proxies, clouds and service meshes send, through the settings, the header and the gate: who is admitted, and what is logged. */
class HeaderInputsTest {

    private static final TestCertificate CA =
            TestCertificate.named("O=Field,CN=ca").ca().build();
    private static final TestCertificate SUB =
            TestCertificate.named("O=Field,CN=sub").ca().issuedBy(CA).build();
    private static final TestCertificate ALICE = TestCertificate.named("O=Field,CN=alice")
            .issuedBy(CA)
            .extendedKeyUsage("1.3.6.1.5.5.7.3.2")
            .build();
    private static final TestCertificate BOB = TestCertificate.named("O=Field,CN=bob")
            .issuedBy(SUB)
            .uri("spiffe://cluster.local/ns/default/sa/bob")
            .build();
    private static final TestCertificate NEGATIVE = TestCertificate.named("CN=negative")
            .serial(new BigInteger("-1234567890"))
            .build();
    private static final TestCertificate PADDED = padded();
    private static final X509Certificate LEAF = ALICE.certificate();

    private static final String CHAIN = "Client-Cert-Chain";
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final String[] NO_DATES = {"validateNotBefore", "false", "validateNotAfter", "false"};

    @TempDir
    private static Path folder;

    /** A request: settings, header fields, the code of the refusal or null, and a part of the log. */
    private static final class Row {
        private final String name;
        private final Map<String, String> settings = new HashMap<>(Map.of("trustedProxies", "10.0.0.1"));
        private final Map<String, List<String>> fields = new LinkedHashMap<>();
        private String code;
        private String logged = "";

        Row(String name, String certificateHeader) {
            this.name = name;
            set("certificateHeader", certificateHeader);
            set("thumbprints", String.join(" ", ALICE.sha256(), BOB.sha256(), NEGATIVE.sha256(), PADDED.sha256()));
        }

        Row set(String... more) {
            for (int i = 0; i < more.length; i += 2) {
                settings.put(more[i], more[i + 1]);
            }
            return this;
        }

        Row trusting() {
            Path root = folder.resolve("ca.pem");
            CA.writePem(root);
            return set("validateTrust", "true", "trustStore", root.toString());
        }

        Row send(String field, String... values) {
            fields.put(field, List.of(values));
            return this;
        }

        Row admitted() {
            return this;
        }

        Row admitted(String log) {
            logged = log;
            return this;
        }

        Row refused(String reason, String log) {
            code = reason;
            logged = log;
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(haproxy(), rfc9440(), pemBlocks(), lists(), xfcc(), fingerprint(), limits())
                .flatMap(List::stream);
    }

    private static List<Row> haproxy() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("haproxy-negative-serial", "haproxy")
                .send("X-SSL-Client-DER", base64(NEGATIVE.certificate()))
                .admitted());
        for (RejectedCertificate rejected : RejectedCertificate.values()) {
            byte[] der = rejected.of(ALICE);
            rows.add(new Row("haproxy-" + rejected, "haproxy")
                    .send("X-SSL-Client-DER", rejected.base64(ALICE))
                    .refused("TK-133", "X-SSL-Client-DER: " + reasonOfTheDecoder(der)));
        }
        rows.add(new Row("cloud-foundry", "haproxy X-Forwarded-Client-Cert")
                .send("X-Forwarded-Client-Cert", base64(LEAF))
                .admitted());
        rows.add(new Row("cloud-foundry as xfcc", "xfcc")
                .send("X-Forwarded-Client-Cert", base64(LEAF))
                .refused("TK-133", "X-Forwarded-Client-Cert: has no pairs of key and value"));
        rows.add(new Row("cloud-foundry as xfcc, with padding", "xfcc")
                .send("X-Forwarded-Client-Cert", base64(PADDED.certificate()))
                .refused("TK-133", "X-Forwarded-Client-Cert: has no pairs of key and value"));
        rows.add(new Row("cloudflare", "haproxy Cf-Client-Cert-Der-Base64")
                .send("Cf-Client-Cert-Der-Base64", base64(LEAF))
                .admitted());
        rows.add(new Row("base64 with line breaks that became blanks", "haproxy")
                .send("X-SSL-Client-DER", base64(LEAF).replaceAll("(.{64})", "$1 "))
                .refused("TK-133", "X-SSL-Client-DER: is not base64 with padding, on one line"));
        rows.add(new Row("pem for base64", "haproxy")
                .send("X-SSL-Client-DER", pem(LEAF).replace('\n', ' '))
                .refused("TK-133", "X-SSL-Client-DER: is not base64"));
        rows.add(new Row("leaf and chain in one value", "haproxy")
                .send("X-SSL-Client-DER", Base64.getEncoder().encodeToString(join(ALICE, CA)))
                .refused("TK-133", "X-SSL-Client-DER: has " + CA.der().length + " bytes after the certificate"));
        for (String name : List.of("SSL_CLIENT_CERT", "WL-Proxy-Client-Cert", "X-Client-Certificate")) {
            rows.add(new Row("base64 of SAP Web Dispatcher, WebLogic and others: " + name, "haproxy " + name)
                    .send(name, base64(LEAF))
                    .admitted());
        }
        rows.add(new Row("openshift without a certificate", "haproxy")
                .send("X-SSL-Client-Der", "")
                .refused("TK-104", "no client certificate"));
        rows.add(new Row("in quotes", "haproxy")
                .send("X-SSL-Client-DER", "\"" + base64(LEAF) + "\"")
                .refused("TK-133", "X-SSL-Client-DER: is not base64"));
        rows.add(new Row("hex for base64", "haproxy")
                .send("X-SSL-Client-DER", HexFormat.of().formatHex(ALICE.der()))
                .refused("TK-133", "X-SSL-Client-DER: is not"));
        rows.add(new Row("base64 of PEM", "haproxy")
                .send(
                        "X-SSL-Client-DER",
                        Base64.getEncoder().encodeToString(pem(LEAF).getBytes(StandardCharsets.US_ASCII)))
                .refused("TK-133", "X-SSL-Client-DER: is not an X.509 certificate"));
        rows.add(new Row("azure-app-service", "azure")
                .send("X-ARR-ClientCert", base64(LEAF))
                .admitted());
        return rows;
    }

    private static List<Row> rfc9440() {
        String leaf = ":" + base64(LEAF) + ":";
        String concatenated = ":" + Base64.getEncoder().encodeToString(join(SUB, CA)) + ":";
        String bob = ":" + base64(BOB.certificate()) + ":";
        String rejected = ":" + RejectedCertificate.EXPLICIT_CURVE.base64(CA) + ":";
        return List.of(
                new Row("haproxy-chain-concatenated", "rfc9440")
                        .send("Client-Cert", leaf)
                        .send(CHAIN, concatenated)
                        .admitted(),
                new Row("haproxy-chain-concatenated with trust", "rfc9440")
                        .trusting()
                        .send("Client-Cert", bob)
                        .send(CHAIN, concatenated)
                        .admitted(),
                new Row("haproxy-chain-concatenated and cut off", "rfc9440")
                        .send("Client-Cert", leaf)
                        .send(CHAIN, ":" + Base64.getEncoder().encodeToString(cutOff()) + ":")
                        .admitted("TK-332 1 request came with a chain of certificates that cannot be read"),
                new Row("haproxy-chain-concatenated and cut off, with trust", "rfc9440")
                        .trusting()
                        .send("Client-Cert", leaf)
                        .send(CHAIN, ":" + Base64.getEncoder().encodeToString(cutOff()) + ":")
                        .refused("TK-133", "Client-Cert-Chain: is not a series of X.509 certificates in DER"),
                new Row("haproxy-chain-empty", "rfc9440")
                        .send("Client-Cert", leaf)
                        .send(CHAIN, "::")
                        .admitted("Client-Cert-Chain: is an empty byte sequence"),
                new Row("haproxy-chain-empty with trust", "rfc9440")
                        .trusting()
                        .send("Client-Cert", leaf)
                        .send(CHAIN, "::")
                        .refused("TK-133", "Client-Cert-Chain: is an empty byte sequence"),
                new Row("an authority that the runtime rejects", "rfc9440")
                        .send("Client-Cert", leaf)
                        .send(CHAIN, ":" + base64(SUB.certificate()) + ":, " + rejected)
                        .admitted("TK-332 "),
                new Row("an authority that the runtime rejects, with trust", "rfc9440")
                        .trusting()
                        .send("Client-Cert", leaf)
                        .send(CHAIN, rejected)
                        .refused("TK-133", "Client-Cert-Chain: "),
                new Row("a control character in the chain", "rfc9440")
                        .send("Client-Cert", leaf)
                        .send(CHAIN, ":" + base64(SUB.certificate()) + ":\u0001")
                        .admitted("Client-Cert-Chain: has a character that is not printable"),
                new Row("the leaf in the chain too", "rfc9440")
                        .trusting()
                        .send("Client-Cert", bob)
                        .send(CHAIN, bob + ", " + concatenated)
                        .admitted(),
                new Row("google-cloud, client_cert_leaf and client_cert_chain", "rfc9440")
                        .trusting()
                        .send("Client-Cert", bob)
                        .send(CHAIN, ":" + base64(SUB.certificate()) + ":,:" + base64(CA.certificate()) + ":")
                        .admitted(),
                new Row("google-cloud without a certificate", "rfc9440")
                        .send("Client-Cert", "")
                        .send(CHAIN, "")
                        .refused("TK-104", "no client certificate"),
                new Row("without padding", "rfc9440")
                        .send("Client-Cert", (":" + base64(PADDED.certificate()) + ":").replace("=", ""))
                        .admitted(),
                new Row("chain without padding", "rfc9440")
                        .trusting()
                        .send("Client-Cert", bob)
                        .send(CHAIN, concatenated.replace("=", ""))
                        .admitted(),
                new Row("caddy without a certificate", "rfc9440")
                        .send("Client-Cert", "::")
                        .refused("TK-133", "Client-Cert: is an empty byte sequence; expected a certificate in it"),
                new Row("several certificates in the leaf", "rfc9440")
                        .send("Client-Cert", ":" + Base64.getEncoder().encodeToString(join(ALICE, CA)) + ":")
                        .refused("TK-133", "Client-Cert: has " + CA.der().length + " bytes after the certificate"),
                new Row("without colons", "rfc9440")
                        .send("Client-Cert", base64(LEAF))
                        .refused("TK-133", "Client-Cert: is not a byte sequence, which is base64 between colons"),
                new Row("base64url between colons", "rfc9440")
                        .send(
                                "Client-Cert",
                                ":" + base64(LEAF).replace('+', '-').replace('/', '_') + "__:")
                        .refused("TK-133", "Client-Cert: has something other than base64 between its colons"),
                new Row("a chain without a leaf", "rfc9440")
                        .send(CHAIN, bob)
                        .refused("TK-133", "Client-Cert-Chain: has a chain, and Client-Cert is missing"),
                new Row("another name, and its chain", "rfc9440 X-Client-Cert")
                        .trusting()
                        .send("X-Client-Cert", bob)
                        .send("X-Client-Cert-Chain", "::")
                        .refused("TK-133", "X-Client-Cert-Chain: is an empty"));
    }

    private static List<Row> pemBlocks() {
        String nginx = ForwardedAs.NGINX.encode(LEAF);
        return List.of(
                new Row("ingress-nginx", "nginx ssl-client-cert")
                        .send("ssl-client-cert", nginx)
                        .admitted(),
                new Row("cloudfront", "nginx CloudFront-Viewer-Cert-Pem")
                        .send("CloudFront-Viewer-Cert-Pem", ForwardedAs.AWS_ALB.encode(LEAF))
                        .admitted(),
                new Row("lower-case percent-encoding", "nginx")
                        .send("X-SSL-Client-Cert", lowerTriplets(nginx))
                        .admitted(),
                new Row("line breaks of Windows", "nginx")
                        .send(
                                "X-SSL-Client-Cert",
                                URLEncoder.encode(pem(LEAF).replace("\n", "\r\n"), StandardCharsets.UTF_8)
                                        .replace("+", "%20"))
                        .admitted(),
                new Row("form encoding, blanks as plus", "nginx")
                        .send("X-SSL-Client-Cert", URLEncoder.encode(pem(LEAF), StandardCharsets.UTF_8))
                        .refused("TK-133", "X-SSL-Client-Cert: is not PEM"),
                new Row("encoded twice", "nginx")
                        .send("X-SSL-Client-Cert", nginx.replace("%", "%25"))
                        .refused("TK-133", "X-SSL-Client-Cert: is not PEM"),
                new Row("not encoded", "nginx")
                        .send("X-SSL-Client-Cert", pem(LEAF).replace('\n', ' '))
                        .refused("TK-133", "X-SSL-Client-Cert: has a character that is not percent-encoded"),
                new Row("cut off by a buffer", "nginx")
                        .send("X-SSL-Client-Cert", nginx.substring(0, nginx.length() / 2))
                        .refused("TK-133", "X-SSL-Client-Cert: "),
                new Row("the block is not base64", "apache")
                        .send("SSL_CLIENT_CERT", pem(LEAF).replace('\n', ' ').replace("MII", "M*I"))
                        .refused("TK-133", "SSL_CLIENT_CERT: the block is not base64"),
                new Row("old nginx, tabs", "apache X-SSL-Client-Cert")
                        .send("X-SSL-Client-Cert", pem(LEAF).strip().replace("\n", "\t"))
                        .admitted(),
                new Row("two certificates where one is expected", "apache")
                        .send("SSL_CLIENT_CERT", (pem(LEAF) + pem(CA.certificate())).replace('\n', ' '))
                        .refused("TK-133", "SSL_CLIENT_CERT: has 2 certificates; expected one"),
                new Row("netscaler, PEM without any blank", "apache")
                        .send("SSL_CLIENT_CERT", pem(LEAF).replace("\n", ""))
                        .admitted(),
                new Row("haproxy as httpd", "apache")
                        .send("SSL_CLIENT_CERT", BEGIN + " " + base64(LEAF) + " " + END)
                        .admitted(),
                new Row("haproxy as httpd, without a certificate", "apache")
                        .send("SSL_CLIENT_CERT", BEGIN + "  " + END)
                        .refused("TK-133", "SSL_CLIENT_CERT: is not an X.509 certificate"),
                new Row("httpd without a certificate", "apache")
                        .send("SSL_CLIENT_CERT", "(null)")
                        .refused("TK-104", "no client certificate"),
                new Row("base64 for PEM", "apache")
                        .send("SSL_CLIENT_CERT", base64(LEAF))
                        .refused("TK-133", "SSL_CLIENT_CERT: is not PEM; expected a block of type CERTIFICATE"),
                new Row("PKCS 7", "apache")
                        .send("SSL_CLIENT_CERT", pem(LEAF).replace('\n', ' ').replace("CERTIFICATE", "PKCS7"))
                        .refused("TK-133", "SSL_CLIENT_CERT: is not PEM; expected a block of type CERTIFICATE"));
    }

    private static List<Row> lists() {
        String alb = "X-Amzn-Mtls-Clientcert";
        String traefik = ForwardedAs.TRAEFIK.header();
        String rejected = RejectedCertificate.DUPLICATE_EXTENSION.base64(CA);
        return List.of(
                new Row("traefik-leaf-and-authority", "traefik")
                        .send(traefik, base64(LEAF) + "," + base64(CA.certificate()))
                        .admitted(),
                new Row("traefik, an authority that the runtime rejects", "traefik")
                        .send(traefik, base64(LEAF) + "," + rejected)
                        .admitted(traefik + ": certificate 1 of the chain: "),
                new Row("traefik, an authority that the runtime rejects, with trust", "traefik")
                        .trusting()
                        .send(traefik, base64(LEAF) + "," + rejected)
                        .refused("TK-133", traefik + ": certificate 1 of the chain: "),
                new Row("traefik, a leaf that the runtime rejects", "traefik")
                        .send(traefik, RejectedCertificate.EMPTY_ISSUER.base64(ALICE))
                        .refused(
                                "TK-133",
                                traefik + ": " + reasonOfTheDecoder(RejectedCertificate.EMPTY_ISSUER.of(ALICE))),
                new Row("traefik, a comma at the end", "traefik")
                        .send(traefik, base64(LEAF) + ",")
                        .refused("TK-133", traefik + ": has an empty member next to a comma"),
                new Row("traefik with delimiters", "traefik")
                        .send(traefik, pem(LEAF).replace("\n", ""))
                        .refused("TK-133", traefik + ": "),
                new Row("aws-alb passthrough", "aws-alb " + alb)
                        .trusting()
                        .send(alb, ForwardedAs.AWS_ALB.encode(BOB.certificate(), SUB.certificate(), CA.certificate()))
                        .admitted(),
                new Row("aws-alb passthrough, an authority that the runtime rejects", "aws-alb " + alb)
                        .send(
                                alb,
                                ForwardedAs.AWS_ALB.encode(LEAF)
                                        + ForwardedAs.AWS_ALB
                                                .encode(CA.certificate())
                                                .replaceFirst("-----%0A[^-]*", "-----%0A" + rejected + "%0A"))
                        .admitted("TK-332 "),
                new Row("aws-alb passthrough, text after the chain", "aws-alb " + alb)
                        .send(alb, ForwardedAs.AWS_ALB.encode(LEAF, CA.certificate()) + "x")
                        .refused("TK-133", alb + ": has something other than a PEM block"),
                new Row("aws-alb verify has the leaf only", "aws-alb")
                        .send("X-Amzn-Mtls-Clientcert-Leaf", ForwardedAs.AWS_ALB.encode(LEAF, CA.certificate()))
                        .refused("TK-133", "X-Amzn-Mtls-Clientcert-Leaf: has 2 certificates; expected one"));
    }

    private static List<Row> xfcc() {
        String name = "X-Forwarded-Client-Cert";
        String hash = "Hash=" + ALICE.sha256();
        String cert = "Cert=\"" + envoyPem(LEAF) + "\"";
        String istio = "Hash=" + ALICE.sha256()
                + ";Subject=\"CN=alice,O=Field\";URI=,By=spiffe://cluster.local/ns/default/sa/default;Hash="
                + BOB.sha256() + ";Subject=\"\";URI=spiffe://cluster.local/ns/istio-system/sa/istio-ingressgateway";
        return List.of(
                new Row("istio-two-elements-hash-only", "xfcc")
                        .set(NO_DATES)
                        .set("xfccHashOnly", "true", "proxyHops", "2")
                        .send(name, istio)
                        .admitted(),
                new Row("istio-two-elements with one hop", "xfcc")
                        .set(NO_DATES)
                        .set("xfccHashOnly", "true")
                        .send(name, istio)
                        .refused("TK-133", name + ": has 2 elements; proxyHops=1 expects 1"),
                new Row("istio without Cert", "xfcc")
                        .send(name, "By=spiffe://cluster.local/ns/default/sa/app;" + hash + ";Subject=\"\"")
                        .refused(
                                "TK-133",
                                name + ": has Hash without Cert; let the proxy send Cert too, or set xfccHashOnly"),
                new Row("envoy with chain and without cert", "xfcc")
                        .send(name, hash + ";Chain=\"" + envoyPem(LEAF) + "\"")
                        .refused("TK-133", name + ": has Hash without Cert"),
                new Row("azure-container-apps", "xfcc")
                        .send(name, hash + ";" + cert + ";Chain=\"" + envoyPem(CA.certificate()) + "\"")
                        .admitted(),
                new Row("a semicolon at the end", "xfcc")
                        .send(name, hash + ";" + cert + ";")
                        .refused("TK-133", name + ": has no pairs of key and value"),
                new Row("envoy, an authority that the runtime rejects", "xfcc")
                        .send(
                                name,
                                hash + ";" + cert + ";Chain=\"" + envoyPem(LEAF)
                                        + envoyPem(CA.certificate())
                                                .replaceFirst(
                                                        "-----%0A[^-]*",
                                                        "-----%0A"
                                                                + encoded(RejectedCertificate.EMPTY_ISSUER.base64(CA))
                                                                + "%0A")
                                        + "\"")
                        .admitted("TK-332 "),
                new Row("envoy, a leaf that the runtime rejects", "xfcc")
                        .send(
                                name,
                                hash + ";Cert=\""
                                        + envoyPem(LEAF)
                                                .replaceFirst(
                                                        "-----%0A[^-]*",
                                                        "-----%0A"
                                                                + encoded(
                                                                        RejectedCertificate.EMPTY_ISSUER.base64(ALICE))
                                                                + "%0A")
                                        + "\"")
                        .refused("TK-133", name + ": Cert: "),
                new Row("linkerd's own names", "xfcc")
                        .send(name, "default.ns.serviceaccount.identity.linkerd.cluster.local")
                        .refused("TK-133", name + ": has no pairs of key and value"),
                new Row("an unknown key", "xfcc")
                        .send(name, hash + ";" + cert + ";Email=a@example.org")
                        .refused("TK-133", name + ": has a key that is not one of By, Hash"));
    }

    private static List<Row> fingerprint() {
        String name = "X-SSL-Client-Fingerprint";
        List<Row> rows = new ArrayList<>();
        byte[] sha256 = HexFormat.of().parseHex(ALICE.sha256());
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("haproxy, ssl_c_der,sha2(256),hex", ALICE.sha256().toUpperCase(Locale.ROOT));
        forms.put("cloudfront, CloudFront-Viewer-Cert-Sha256", ALICE.sha256());
        forms.put("colons", ALICE.sha256().replaceAll("(..)(?!$)", "$1:"));
        forms.put("our own form", "sha256:" + ALICE.sha256());
        forms.put("in quotes", "\"" + ALICE.sha256() + "\"");
        forms.put("x5t", "x5t#S256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256));
        forms.put("google-cloud", Base64.getEncoder().encodeToString(sha256));
        forms.put(
                "google-cloud, without padding",
                Base64.getEncoder().withoutPadding().encodeToString(sha256));
        forms.forEach(
                (form, value) -> rows.add(fingerprint(form).send(name, value).admitted()));
        rows.add(fingerprint("nginx, $ssl_client_fingerprint")
                .set("thumbprints", ALICE.sha1())
                .send(name, ALICE.sha1())
                .admitted());
        rows.add(fingerprint("cloudflare, cert_fingerprint_sha1")
                .set("thumbprints", ALICE.sha1())
                .send(name, ALICE.sha1().toUpperCase(Locale.ROOT))
                .admitted());
        rows.add(fingerprint("another algorithm than that of the lists")
                .send(name, ALICE.sha1())
                .refused("TK-133", name + ": is a SHA-1 thumbprint, and the lists have SHA-256 thumbprints"));
        rows.add(fingerprint("an algorithm that the deny list does not have")
                .set("thumbprints", ALICE.sha1(), "deny", BOB.sha1())
                .send(name, ALICE.sha256())
                .refused("TK-133", name + ": is a SHA-256 thumbprint, and the lists have SHA-1 thumbprints"));
        rows.add(fingerprint("not listed").send(name, CA.sha256()).refused("TK-101", "not listed"));
        rows.add(fingerprint("denied")
                .set("deny", ALICE.sha256())
                .send(name, ALICE.sha256())
                .refused("TK-121", "deny list"));
        rows.add(fingerprint("nginx without a certificate").refused("TK-104", "no client certificate"));
        rows.add(fingerprint("a certificate")
                .send(name, base64(LEAF))
                .refused(
                        "TK-133",
                        name + ": is not a thumbprint but another text of "
                                + base64(LEAF).length()));
        rows.add(fingerprint("MD5").send(name, "ab".repeat(16)).refused("TK-133", name + ": is not a thumbprint"));
        rows.add(fingerprint("zeros").send(name, "00".repeat(32)).refused("TK-133", name + ": is not a thumbprint"));
        rows.add(fingerprint("zeros in base64")
                .send(name, Base64.getEncoder().encodeToString(new byte[32]))
                .refused("TK-133", name + ": is not a thumbprint"));
        rows.add(fingerprint("two")
                .send(name, ALICE.sha256() + ", " + BOB.sha256())
                .refused("TK-133", name + ": is not a thumbprint"));
        rows.add(fingerprint("two lines")
                .send(name, ALICE.sha256(), ALICE.sha256())
                .refused("TK-131", "occurs twice"));
        rows.add(fingerprint("the letter O")
                .send(name, "O" + ALICE.sha256().substring(1))
                .refused("TK-133", name + ": is not a thumbprint"));
        return rows;
    }

    private static Row fingerprint(String name) {
        return new Row("fingerprint: " + name, "fingerprint X-SSL-Client-Fingerprint").set(NO_DATES);
    }

    /** The leaf has 16 KiB and the chain 64 KiB, each by itself. */
    private static List<Row> limits() {
        String leaf = base64(LEAF);
        String authority = base64(CA.certificate());
        String manyOfTraefik = ("," + authority).repeat(64 * 1024 / (authority.length() + 1));
        String traefik = ForwardedAs.TRAEFIK.header();
        String alb = "X-Amzn-Mtls-Clientcert";
        String albAuthority = ForwardedAs.AWS_ALB.encode(CA.certificate());
        String manyOfAlb = albAuthority.repeat(64 * 1024 / albAuthority.length());
        String xfcc = "X-Forwarded-Client-Cert";
        String both = "Hash=" + ALICE.sha256() + ";Cert=\"" + envoyPem(LEAF) + "\"";
        String manyOfEnvoy = envoyPem(CA.certificate())
                .repeat(64 * 1024 / envoyPem(CA.certificate()).length());
        return List.of(
                new Row("traefik, a long chain", "traefik")
                        .send(traefik, leaf + manyOfTraefik)
                        .admitted(),
                new Row("traefik, too long a chain", "traefik")
                        .send(traefik, leaf + manyOfTraefik + "," + authority)
                        .refused("TK-132", traefik + ": the chain is longer than the 64 KiB that are read"),
                new Row("traefik, too long a leaf", "traefik")
                        .send(traefik, "A".repeat(16 * 1024 + 4) + "," + authority)
                        .refused("TK-132", traefik + ": the certificate is longer than the 16 KiB that are read"),
                new Row("aws-alb, a long chain", "aws-alb " + alb)
                        .send(alb, ForwardedAs.AWS_ALB.encode(LEAF) + manyOfAlb)
                        .admitted(),
                new Row("aws-alb, too long a chain", "aws-alb " + alb)
                        .send(alb, ForwardedAs.AWS_ALB.encode(LEAF) + manyOfAlb + albAuthority)
                        .refused("TK-132", alb + ": the chain is longer than the 64 KiB that are read"),
                new Row("aws-alb, too long a leaf", "aws-alb " + alb)
                        .send(alb, "-----BEGIN%20CERTIFICATE-----" + "A".repeat(16 * 1024))
                        .refused("TK-132", alb + ": the certificate is longer than the 16 KiB that are read"),
                new Row("xfcc, a long chain", "xfcc")
                        .send(xfcc, both + ";Chain=\"" + manyOfEnvoy + "\"")
                        .admitted(),
                new Row("xfcc, too long a chain", "xfcc")
                        .send(xfcc, both + ";Chain=\"" + manyOfEnvoy + envoyPem(CA.certificate()) + "\"")
                        .refused("TK-132", xfcc + ": the chain is longer than the 64 KiB that are read"),
                new Row("xfcc, too long a leaf", "xfcc")
                        .send(xfcc, "Hash=" + ALICE.sha256() + ";Cert=\"" + "A".repeat(16 * 1024 + 1) + "\"")
                        .refused("TK-132", xfcc + ": the certificate is longer than the 16 KiB that are read"),
                new Row("xfcc, too long names", "xfcc")
                        .send(xfcc, both + (";DNS=" + "a".repeat(1000)).repeat(17))
                        .refused("TK-132", xfcc + ": an element without Cert and Chain is longer than the 16 KiB"),
                new Row("rfc9440, too long a chain that is not needed", "rfc9440")
                        .send("Client-Cert", ":" + leaf + ":")
                        .send(CHAIN, "x".repeat(64 * 1024 + 1))
                        .refused("TK-132", "Client-Cert-Chain: the chain is longer than the 64 KiB that are read"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void gets(Row row) {
        FakeExchange exchange = FakeExchange.withoutCertificate().peer("10.0.0.1");
        row.fields.forEach((field, values) -> exchange.header(field, values.toArray(String[]::new)));
        try (CapturedLog log = new CapturedLog()) {
            Verdict verdict = Settings.parse(row.settings, new FakeResources())
                    .open(new Counters(), InstantSource.system())
                    .decide(exchange);

            assertThat(
                            verdict instanceof Verdict.Refused refused
                                    ? refused.reason().code()
                                    : null)
                    .as(log.text())
                    .isEqualTo(row.code);
            assertThat(log.text()).contains(row.logged);
            assertThat(log.text().contains("TK-332 ")).isEqualTo(row.code == null && !row.logged.isEmpty());
            row.fields.values().stream()
                    .flatMap(List::stream)
                    .filter(value -> value.length() > 10)
                    .forEach(value -> {
                        assertThat(log.text())
                                .doesNotContain(value.substring(value.length() / 2, value.length() / 2 + 5));
                    });
        }
    }

    private static String reasonOfTheDecoder(byte[] der) {
        try {
            CertificateParser.parse(der);
            throw new IllegalStateException("the runtime takes it");
        } catch (CertificateFormatException e) {
            assertThat(e).hasMessageStartingWith("is an X.509 certificate that this Java runtime refuses: ");
            return SafeText.sentence(String.valueOf(e.getMessage()));
        }
    }

    private static String lowerTriplets(String value) {
        return java.util.regex.Pattern.compile("%..")
                .matcher(value)
                .replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    private static String encoded(String base64) {
        return base64.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static byte[] join(TestCertificate one, TestCertificate other) {
        byte[] all = Arrays.copyOf(one.der(), one.der().length + other.der().length);
        System.arraycopy(other.der(), 0, all, one.der().length, other.der().length);
        return all;
    }

    private static byte[] cutOff() {
        byte[] whole = join(SUB, CA);
        return Arrays.copyOf(whole, whole.length - 1);
    }

    /** A certificate whose base64 ends in padding. */
    private static TestCertificate padded() {
        for (int i = 1; ; i++) {
            TestCertificate some = TestCertificate.named("CN=" + "p".repeat(i))
                    .key(ALICE.keyPair())
                    .build();
            if (some.der().length % 3 != 0) {
                return some;
            }
        }
    }
}
