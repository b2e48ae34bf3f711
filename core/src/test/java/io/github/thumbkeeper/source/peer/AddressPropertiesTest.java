/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Properties of every address and every range, compared with the JDK and with arithmetic. */
class AddressPropertiesTest {

    private static final List<String> ADDRESS_TEXT =
            List.of("0", "1", "9", "10", "255", "256", "01", "f", "ffff", ".", ":", "::", "%", "/", "-", "+", " ");

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
    void readsAddressesAsTheJdkWritesThem(RandomRun run) {
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
    void readsNoAddressDifferentlyFromTheJdk(RandomRun run) {
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
}
