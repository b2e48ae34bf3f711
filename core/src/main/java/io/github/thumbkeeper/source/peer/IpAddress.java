/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.peer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads IP addresses from their literal forms only: the JDK's own reader also reads {@code 127.1}, and asks a name server about
 * any other text. Thread-safe.
 *
 * <p>An IPv4 address written as an IPv6 one ({@code ::ffff:10.0.0.1}, RFC 4291 section 2.5.5.2) is the IPv4 address.
 */
final class IpAddress {

    static final int IPV4 = 4;
    static final int IPV6 = 16;

    private static final int MAPPED_PREFIX = 12;

    private IpAddress() {}

    /** Returns the 4 or 16 bytes of the address, or null if the text is not an address. */
    static byte @Nullable [] parse(String text) {
        byte[] address = read(text);
        return address != null && isMapped(address) ? Arrays.copyOfRange(address, MAPPED_PREFIX, IPV6) : address;
    }

    /** Returns the bytes as they are written: a mapped address has 16 of them. */
    static byte @Nullable [] read(String text) {
        return text.indexOf(':') < 0 ? ipv4(text) : ipv6(text);
    }

    static boolean isMapped(byte[] address) {
        if (address.length != IPV6 || address[10] != -1 || address[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != IPV4) {
            return null;
        }
        byte[] address = new byte[IPV4];
        for (int i = 0; i < IPV4; i++) {
            int part = number(parts[i], 10, 3);
            boolean octal = parts[i].length() > 1 && parts[i].charAt(0) == '0';
            if (part < 0 || part > 255 || octal) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static byte @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] whole = groups(text);
            return whole != null && whole.length == IPV6 ? whole : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > IPV6 - 2 || isIpv4(text.substring(0, gap))) {
            return null;
        }
        byte[] address = Arrays.copyOf(head, IPV6);
        System.arraycopy(tail, 0, address, IPV6 - tail.length, tail.length);
        return address;
    }

    /** The last group may be an IPv4 address, but not before a gap. */
    private static boolean isIpv4(String head) {
        return head.indexOf('.') >= 0;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] address = new byte[IPV6 + IPV4];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            byte[] group = i == parts.length - 1 && isIpv4(parts[i]) ? ipv4(parts[i]) : group(parts[i]);
            if (group == null || length + group.length > IPV6) {
                return null;
            }
            System.arraycopy(group, 0, address, length, group.length);
            length += group.length;
        }
        return Arrays.copyOf(address, length);
    }

    private static byte @Nullable [] group(String text) {
        int value = number(text, 16, 4);
        return value < 0 ? null : new byte[] {(byte) (value >> 8), (byte) value};
    }

    /** ASCII digits only; {@link Integer#parseInt} also reads signs and the digits of other scripts. */
    private static int number(String text, int radix, int mostDigits) {
        if (text.isEmpty() || text.length() > mostDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
