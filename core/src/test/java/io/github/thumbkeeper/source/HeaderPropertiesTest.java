/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every certificate, every damage and every address. */
class HeaderPropertiesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final Set<X509Certificate> LISTED = Set.of(ALICE.certificate(), BOB.certificate());

    @Property(tries = 300)
    void readsWhatTheProxyHasWritten(@ForAll ForwardedAs as, @ForAll("certificates") X509Certificate certificate) {
        assertThat(find(as, as.encode(certificate)).certificate()).isEqualTo(certificate);
    }

    @Property
    void neverTakesADamagedCertificateForAnotherListedOne(
            @ForAll ForwardedAs as, @ForAll @IntRange(min = 0, max = 100_000) int place, @ForAll byte bits) {
        StringBuilder value = new StringBuilder(as.encode(ALICE.certificate()));
        int at = place % value.length();
        value.setCharAt(at, (char) ((value.charAt(at) ^ bits) & 0xFF));

        X509Certificate found = find(as, value.toString()).certificate();
        assertThat(found == null || found.equals(ALICE.certificate()) || !LISTED.contains(found))
                .isTrue();
    }

    @Property
    void neverTakesAShortenedHeaderForAListedCertificate(
            @ForAll ForwardedAs as, @ForAll @IntRange(min = 0, max = 100_000) int place) {
        String value = as.encode(ALICE.certificate());
        String shorter = value.substring(0, place % value.length());

        X509Certificate found = find(as, shorter).certificate();
        assertThat(found == null || value.substring(shorter.length()).matches("(%0A|[ ;]|URI=|Subject=.*|Chain=.*)*"))
                .isTrue();
    }

    @Property
    void neverFailsWhateverIsSent(@ForAll ForwardedAs as, @ForAll("headerText") String value) {
        assertThat(find(as, value).certificate()).isNull();
    }

    @Property
    void neverBelievesWhatAClientWritesIntoItsOwnNames(@ForAll("smuggling") String name) {
        String mallory = "By=spiffe://app;Hash=" + MALLORY.sha256() + ";Cert=\""
                + ForwardedAs.envoyPem(MALLORY.certificate()) + "\";Subject=\"CN=mallory\";URI=" + name;

        X509Certificate found = find(ForwardedAs.XFCC, mallory).certificate();
        assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
    }

    @Property
    void neverBelievesNamesThatComeFirst(@ForAll("smuggling") String name) {
        String mallory = "URI=" + name + ";Hash=" + MALLORY.sha256() + ";Cert=\""
                + ForwardedAs.envoyPem(MALLORY.certificate()) + "\"";

        X509Certificate found = find(ForwardedAs.XFCC, mallory).certificate();
        assertThat(found == null || found.equals(MALLORY.certificate())).isTrue();
    }

    @Property
    void matchesIpv4AsArithmeticDoes(
            @ForAll @Size(4) byte[] address, @ForAll @Size(4) byte[] other, @ForAll @IntRange(max = 32) int prefix) {
        assertMatchesLikeArithmetic(address, other, prefix);
    }

    @Property
    void matchesIpv6AsArithmeticDoes(
            @ForAll @Size(16) byte[] address, @ForAll @Size(16) byte[] other, @ForAll @IntRange(max = 128) int prefix) {
        assertMatchesLikeArithmetic(address, other, prefix);
    }

    @Property
    void matchesTheNextAddressesAsArithmeticDoes(
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(max = 32) int prefix,
            @ForAll @IntRange(max = 31) int bit) {
        byte[] near = address.clone();
        near[bit / 8] ^= (byte) (1 << (bit % 8));
        assertMatchesLikeArithmetic(address, near, prefix);
        assertMatchesLikeArithmetic(address, address, prefix);
    }

    @Property
    void readsWhatTheJdkWritesOfAnAddress(@ForAll @Size(16) byte[] address) throws UnknownHostException {
        byte[] v4 = Arrays.copyOf(address, 4);

        assertThat(IpAddress.parse(InetAddress.getByAddress(v4).getHostAddress()))
                .isEqualTo(v4);
        assertThat(IpAddress.parse(InetAddress.getByAddress(address).getHostAddress()))
                .isEqualTo(InetAddress.getByAddress(address).getAddress());
    }

    @Property
    void takesNothingForAnAddressThatTheJdkDoesNotReadTheSameWay(@ForAll("addressText") String text) {
        byte[] parsed = IpAddress.parse(text);
        if (parsed != null) {
            assertThat(parsed).isEqualTo(asTheJdkReads(text));
        }
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

    @Provide
    Arbitrary<X509Certificate> certificates() {
        Arbitrary<String> names = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(60);
        Arbitrary<String> uris =
                Arbitraries.strings().withChars("abc;,=\"%:/?# ").ofMaxLength(60);
        Arbitrary<BigInteger> serials =
                Arbitraries.bigIntegers().between(BigInteger.ONE, BigInteger.ONE.shiftLeft(158));
        return Combinators.combine(names, uris, serials)
                .as((name, uri, serial) -> TestCertificate.named("CN=" + name)
                        .uri("x:" + uri)
                        .serial(serial)
                        .key(BOB.keyPair())
                        .build()
                        .certificate());
    }

    @Provide
    Arbitrary<String> headerText() {
        return Arbitraries.of(
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
                        "\uFF21")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> smuggling() {
        String cert = "Cert=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        String chain = "Chain=\"" + ForwardedAs.envoyPem(ALICE.certificate()) + "\"";
        return Arbitraries.of(
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
                        "," + "Hash=" + ALICE.sha256() + ";" + cert)
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> addressText() {
        return Arbitraries.of(
                        "0", "1", "9", "10", "255", "256", "01", "f", "ffff", ".", ":", "::", "%", "/", "-", "+", " ")
                .list()
                .ofMaxSize(17)
                .map(parts -> String.join("", parts));
    }

    private static Presented find(ForwardedAs as, String value) {
        return HeaderSourceTest.source(as)
                .find(FakeExchange.withoutCertificate().peer("10.0.0.1").header(as.header(), value));
    }
}
