/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Identity;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the values of claims. What could never match, or match other than it looks, is refused. */
final class ClaimValues {

    private static final int MAX_LENGTH = 1024;
    private static final Pattern DNS_LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,80}");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9A-Fa-f]{1,80}");
    private static final Pattern COLON_HEX = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){1,39}");

    private ClaimValues() {}

    /** Returns a text that a person can tell from every other: without characters that nobody sees. */
    static String name(String value) throws BadClaimException {
        for (int i = 0; i < value.length(); i++) {
            int type = Character.getType(value.charAt(i));
            boolean joiner = value.charAt(i) == 0x200C || value.charAt(i) == 0x200D;
            if (type == Character.CONTROL || (type == Character.FORMAT && !joiner)) {
                throw new BadClaimException(
                        value,
                        "has the invisible character " + SafeText.codePoint(value.charAt(i)) + " at index " + i
                                + "; accepted is text without any");
            }
        }
        if (value.length() > MAX_LENGTH) {
            throw new BadClaimException(
                    value, "has " + value.length() + " characters; at most " + MAX_LENGTH + " are accepted");
        }
        return value;
    }

    static DistinguishedName distinguishedName(String value) throws BadClaimException {
        try {
            return DistinguishedName.parse(name(value));
        } catch (IllegalArgumentException e) {
            throw new BadClaimException(
                    value, "is no distinguished name; accepted is the form of RFC 2253, such as CN=alice,O=Example");
        }
    }

    static String dnsName(String value) throws BadClaimException {
        boolean good = value.length() <= 253
                && Arrays.stream(value.split("\\.", -1))
                        .allMatch(label -> DNS_LABEL.matcher(label).matches());
        if (!good) {
            throw new BadClaimException(
                    value,
                    "is no DNS name; accepted is a whole one in ASCII"
                            + " (xn--… for others), without wildcard and without a dot at the end");
        }
        return value;
    }

    static String uri(String value) throws BadClaimException {
        boolean spiffe = NameMatch.isSpiffeId(value);
        boolean good = isPlain(value) && value.matches("[A-Za-z][A-Za-z0-9+.-]*:.+");
        if (!good || (spiffe && !value.matches("spiffe://[a-z0-9._-]+(/[A-Za-z0-9._-]+)*"))) {
            throw new BadClaimException(
                    value, "is no URI; accepted is a whole one in ASCII, such as" + " spiffe://example.org/orders");
        }
        return value;
    }

    static String email(String value) throws BadClaimException {
        int at = value.lastIndexOf('@');
        if (!isPlain(value) || at < 1 || at == value.length() - 1) {
            throw new BadClaimException(
                    value, "is no e-mail address; accepted is one in ASCII, such as alice@example.com");
        }
        return value;
    }

    static BigInteger serial(String value) throws BadClaimException {
        if (DECIMAL.matcher(value).matches()) {
            return new BigInteger(value);
        }
        if (HEX.matcher(value).matches()) {
            return new BigInteger(value.substring(2), 16);
        }
        if (COLON_HEX.matcher(value).matches()) {
            return new BigInteger(value.replace(":", ""), 16);
        }
        throw new BadClaimException(
                value, "is no serial number; accepted are decimal (171), hex (0xab) and hex by bytes (00:ab)");
    }

    static Set<String> roles(String value) throws BadClaimException {
        Set<String> roles = new LinkedHashSet<>();
        for (String piece : value.split(",", -1)) {
            String role = piece.strip();
            boolean good = !role.isEmpty()
                    && !Identity.isReservedRole(role)
                    && role.chars().allMatch(c -> c > ' ' && c != 0x7F);
            if (!good) {
                throw new BadClaimException(role, "is no role; accepted are names separated by commas, in quotes");
            }
            roles.add(name(role));
        }
        return roles;
    }

    private static boolean isPlain(String value) {
        return value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
