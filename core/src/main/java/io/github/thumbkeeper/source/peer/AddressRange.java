/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import io.github.thumbkeeper.message.SafeText;
import java.util.Arrays;

/**
 * One address, or all addresses that begin with the same bits (CIDR, RFC 4632).
 *
 * <p>Immutable and thread-safe.
 */
public final class AddressRange {

    private static final String EXPECTED =
            "; expected literal addresses such as 192.0.2.7 or 2001:db8::7, and ranges such as 10.1.0.0/16";

    private static final int MAPPED_BITS = 96;

    private final byte[] address;
    private final int prefix;

    private AddressRange(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /**
     * Reads an address or a range.
     *
     * @param any whether a range of all addresses is allowed
     * @throws IllegalArgumentException if the text is neither; the message shows it and what is expected
     */
    public static AddressRange parse(String text, boolean any) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        byte[] address = IpAddress.read(host);
        if (address == null) {
            throw bad(text, whyNoAddress(host));
        }
        int bits = address.length * Byte.SIZE;
        int prefix = slash < 0 ? bits : prefix(text, slash, bits);
        requireNothingAfter(text, address, prefix);
        AddressRange range = new AddressRange(address, prefix).normalised();
        range.requireUsable(text, any);
        return range;
    }

    /** Returns whether the address is in the range; an address of the other family never is. */
    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        int rest = prefix % Byte.SIZE;
        boolean same = Arrays.equals(address, 0, whole, other, 0, whole);
        return same && (rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >> (Byte.SIZE - rest) == 0);
    }

    private AddressRange normalised() {
        return IpAddress.isMapped(address) && prefix >= MAPPED_BITS
                ? new AddressRange(
                        Arrays.copyOfRange(address, MAPPED_BITS / Byte.SIZE, address.length), prefix - MAPPED_BITS)
                : this;
    }

    private void requireUsable(String text, boolean any) {
        if (prefix == 0 && !any) {
            throw bad(
                    text,
                    "is every address: every client that reaches the connector could forge a certificate; set"
                            + " trustedProxiesAllowAny=true if only proxies reach it");
        }
        if (prefix > 0 && isZero(0)) {
            throw bad(text, "is the address of no host");
        }
        if (address.length == IpAddress.IPV6 && (address[0] & 0xFF) == 0xFE && (address[1] & 0xC0) == 0x80) {
            throw bad(text, "is link-local: the same address is another host on another interface");
        }
    }

    private static int prefix(String text, int slash, int bits) {
        String digits = text.substring(slash + 1);
        boolean plain = digits.matches("0|[1-9][0-9]{0,2}");
        if (!plain || Integer.parseInt(digits) > bits) {
            throw bad(text, "does not have a number of bits from 0 to " + bits + " after the /");
        }
        return Integer.parseInt(digits);
    }

    private static void requireNothingAfter(String text, byte[] address, int prefix) {
        AddressRange range = new AddressRange(address, prefix);
        if (!range.isZero(prefix)) {
            throw bad(
                    text,
                    "has bits set after the first " + prefix + ": is a shorter address meant, or a longer prefix?");
        }
    }

    private boolean isZero(int from) {
        for (int bit = from; bit < address.length * Byte.SIZE; bit++) {
            if ((address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static String whyNoAddress(String host) {
        if (host.indexOf('%') >= 0) {
            return "has a zone: the address of a connection is compared without one";
        }
        return "is not a literal address (names are not looked up, four decimal numbers without leading zeros make an IPv4"
                + " address)";
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException(SafeText.quoted(text) + " " + why + EXPECTED);
    }
}
