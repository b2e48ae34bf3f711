/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What holds for every certificate, every damage and every address. */
class HeaderPropertiesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final Set<X509Certificate> LISTED = Set.of(ALICE.certificate(), BOB.certificate());

    private static final List<ForwardedAs> FORMATS = List.of(ForwardedAs.values());
    private static final List<String> LETTERS =
            List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".split(""));
    private static final List<String> URI_TEXT = List.of("abc;,=\"%:/?# ".split(""));
    private static final List<String> HEADER_TEXT = List.of(
            ":",
            ",",
            ";",
            "=",
            "\"",
            "\\",
            "%",
            "%2",
            "%41",
            "%0A",
            " ",
            "\t",
            "\r",
            "\n",
            "\0",
            "-",
            "_",
            "(null)",
            "A",
            "MII",
            "+",
            "/",
            "Hash=",
            "Cert=",
            "Chain=",
            "Subject=",
            "URI=",
            "-----BEGIN CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            "-----BEGIN%20CERTIFICATE-----",
            "\u00e9",
            "\uFF21");
    private static final List<String> SMUGGLING = smuggling();
    private static final List<String> ADDRESS_TEXT =
            List.of("0", "1", "9", "10", "255", "256", "01", "f", "ffff", ".", ":", "::", "%", "/", "-", "+", " ");

    @RandomCases
    void readsWhatTheProxyHasWritten(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            X509Certificate certificate = certificate(random);

            assertThat(find(as, as.encode(certificate)).certificate()).isEqualTo(certificate);
        });
    }

    @RandomCases
    void neverTakesADamagedCertificateForAnotherListedOne(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            StringBuilder value = new StringBuilder(as.encode(ALICE.certificate()));
            int at = random.between(0, value.length() - 1);
            value.setCharAt(at, (char) ((value.charAt(at) ^ random.oneByte()) & 0xFF));

            X509Certificate found = find(as, value.toString()).certificate();
            assertThat(found == null || found.equals(ALICE.certificate()) || !LISTED.contains(found))
                    .isTrue();
        });
    }

    @RandomCases
    void neverTakesAShortenedHeaderForAListedCertificate(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);
            String value = as.encode(ALICE.certificate());
            String shorter = value.substring(0, random.between(0, value.length() - 1));

            X509Certificate found = find(as, shorter).certificate();
            assertThat(found == null
                            || value.substring(shorter.length())
                                    .matches("(%0A|[ ;]|URI=|Subject=.*|\"CN=any\".*|Chain=.*)*"))
                    .isTrue();
        });
    }

    @RandomCases
    void neverFailsWhateverIsSent(RandomRun run) {
        run.each(random -> {
            ForwardedAs as = random.oneOf(FORMATS);

            assertThat(find(as, random.text(20, HEADER_TEXT)).certificate()).isNull();
        });
    }

    @RandomCases
    void neverBelievesWhatAClientWritesIntoItsOwnNames(RandomRun run) {
        run.each(random -> {
            String name = random.text(8, SMUGGLING);
            String mallory = "By=spiffe://app;Hash=" + MALLORY.sha256() + ";Cert=\""
                    + ForwardedAs.envoyPem(MALLORY.certificate()) + "\";Subject=\"CN=mallory\";URI=" + name;

            X509Certificate found = find(ForwardedAs.XFCC, mallory).certificate();
            assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
        });
    }

    @RandomCases
    void neverBelievesNamesThatComeFirst(RandomRun run) {
        run.each(random -> {
            String name = random.text(8, SMUGGLING);
            String mallory = "URI=" + name + ";Hash=" + MALLORY.sha256() + ";Cert=\""
                    + ForwardedAs.envoyPem(MALLORY.certificate()) + "\"";

            X509Certificate found = find(ForwardedAs.XFCC, mallory).certificate();
            assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
        });
    }

    @RandomCases
    void matchesIpv4AsArithmeticDoes(RandomRun run) {
        run.each(random -> {
            assertMatchesLikeArithmetic(random.bytes(4), random.bytes(4), random.between(0, 32));
        });
    }

    @RandomCases
    void matchesIpv6AsArithmeticDoes(RandomRun run) {
        run.each(random -> {
            assertMatchesLikeArithmetic(random.bytes(16), random.bytes(16), random.between(0, 128));
        });
    }

    @RandomCases
    void matchesTheNextAddressesAsArithmeticDoes(RandomRun run) {
        run.each(random -> {
            byte[] address = random.bytes(4);
            int prefix = random.between(0, 32);
            int bit = random.between(0, 31);
            byte[] near = address.clone();
            near[bit / 8] ^= (byte) (1 << (bit % 8));
            assertMatchesLikeArithmetic(address, near, prefix);
            assertMatchesLikeArithmetic(address, address, prefix);
        });
    }

    @RandomCases
    void readsWhatTheJdkWritesOfAnAddress(RandomRun run) {
        run.each(random -> {
            byte[] address = random.bytes(16);
            byte[] v4 = Arrays.copyOf(address, 4);

            assertThat(IpAddress.parse(InetAddress.getByAddress(v4).getHostAddress()))
                    .isEqualTo(v4);
            assertThat(IpAddress.parse(InetAddress.getByAddress(address).getHostAddress()))
                    .isEqualTo(InetAddress.getByAddress(address).getAddress());
        });
    }

    @RandomCases
    void takesNothingForAnAddressThatTheJdkDoesNotReadTheSameWay(RandomRun run) {
        run.each(random -> {
            String text = random.text(17, ADDRESS_TEXT);
            byte[] parsed = IpAddress.parse(text);
            if (parsed != null) {
                assertThat(parsed).isEqualTo(asTheJdkReads(text));
            }
        });
    }

    /** A literal is never looked up, and what is parsed here is one. */
    private static byte[] asTheJdkReads(String text) {
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertMatchesLikeArithmetic(byte[] address, byte[] other, int prefix) {
        int host = address.length * 8 - prefix;
        BigInteger network = new BigInteger(1, address).shiftRight(host).shiftLeft(host);
        byte[] bytes = bytes(network, address.length);
        if (prefix > 0 && (network.signum() == 0 || isLinkLocal(bytes) || IpAddress.isMapped(bytes))) {
            return;
        }
        AddressRange range = AddressRange.parse(text(bytes) + "/" + prefix, true);
        BigInteger theirs = new BigInteger(1, other);

        assertThat(range.contains(other)).isEqualTo(theirs.shiftRight(host).equals(network.shiftRight(host)));
    }

    private static boolean isLinkLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xFF) == 0xFE && (address[1] & 0xC0) == 0x80;
    }

    private static byte[] bytes(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        byte[] all = value.toByteArray();
        int from = Math.max(0, all.length - length);
        System.arraycopy(all, from, bytes, length - (all.length - from), all.length - from);
        return bytes;
    }

    private static String text(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < address.length; i += address.length == 4 ? 1 : 2) {
            text.append(text.isEmpty() ? "" : address.length == 4 ? "." : ":");
            text.append(
                    address.length == 4
                            ? String.valueOf(address[i] & 0xFF)
                            : Integer.toHexString((address[i] & 0xFF) << 8 | (address[i + 1] & 0xFF)));
        }
        return text.toString();
    }

    private static X509Certificate certificate(RandomCase random) {
        return TestCertificate.named("CN=" + random.text(1, 60, LETTERS))
                .uri("x:" + random.text(60, URI_TEXT))
                .serial(random.positive(19))
                .key(BOB.keyPair())
                .build()
                .certificate();
    }

    private static List<String> smuggling() {
        String cert = "Cert=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        String chain = "Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        return List.of(
                ";",
                ",",
                "=",
                "\"",
                "\\",
                "\\\"",
                " ",
                "x",
                "URI=",
                "DNS=",
                "By=",
                "Subject=",
                "Hash=",
                "Hash=" + ALICE.sha256(),
                "hash=" + ALICE.sha256(),
                cert,
                chain,
                "Hash=" + MALLORY.sha256(),
                "Hash=" + ALICE.sha256() + ";" + cert,
                "," + "Hash=" + ALICE.sha256() + ";" + cert);
    }

    private static Presented find(ForwardedAs as, String value) {
        return HeaderSourceTest.source(as)
                .find(FakeExchange.withoutCertificate().peer("10.0.0.1").header(as.header(), value));
    }
}
