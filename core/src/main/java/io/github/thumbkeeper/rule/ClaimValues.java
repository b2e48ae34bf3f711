/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import io.github.thumbkeeper.certificate.x509.NameFormatException;
import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Identity;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Parses the values of claims. Rejects values that could never match, or that look different from what they match. */
final class ClaimValues {

    private static final int MAX_LENGTH = 1024;

    /** OpenSSL writes each byte of a letter outside of ASCII with three characters. */
    private static final int MAX_NAME_LENGTH = 16 * MAX_LENGTH;

    private static final Pattern DNS_LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,80}");
    private static final Pattern HEX = Pattern.compile("0[xX][0-9A-Fa-f]{1,80}");
    private static final Pattern COLON_HEX = Pattern.compile("[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){1,39}");

    private ClaimValues() {}

    /** Returns a name that no other name looks like: without invisible characters. */
    static String name(String value) throws BadClaimException {
        return visible(value, MAX_LENGTH);
    }

    private static String visible(String value, int mostCharacters) throws BadClaimException {
        for (int i = 0; i < value.length(); i++) {
            int type = Character.getType(value.charAt(i));
            boolean joiner = value.charAt(i) == 0x200C || value.charAt(i) == 0x200D;
            if (type == Character.CONTROL || (type == Character.FORMAT && !joiner)) {
                throw new BadClaimException(
                        value,
                        "has the invisible character " + SafeText.codePoint(value.charAt(i)) + " at index " + i
                                + "; expected text without invisible characters");
            }
        }
        if (value.length() > mostCharacters) {
            throw new BadClaimException(
                    value, "has " + value.length() + " characters; expected at most " + mostCharacters);
        }
        return value;
    }

    static DistinguishedName distinguishedName(String value) throws BadClaimException {
        try {
            return DistinguishedName.parse(visible(value, MAX_NAME_LENGTH));
        } catch (NameFormatException e) {
            throw new BadClaimException(e.part(), e.problem());
        }
    }

    static String dnsName(String value) throws BadClaimException {
        boolean good = value.length() <= 253
                && Arrays.stream(value.split("\\.", -1))
                        .allMatch(label -> DNS_LABEL.matcher(label).matches());
        if (!good) {
            throw new BadClaimException(
                    value,
                    "is not a DNS name; expected a complete name in ASCII"
                            + " (xn--… for other letters), without wildcard and without a dot at the end");
        }
        return value;
    }

    static String uri(String value) throws BadClaimException {
        boolean spiffe = NameMatch.isSpiffeId(value);
        boolean good = isPlain(value) && value.matches("[A-Za-z][A-Za-z0-9+.-]*:.+");
        if (!good || (spiffe && !value.matches("spiffe://[a-z0-9._-]+(/[A-Za-z0-9._-]+)*"))) {
            throw new BadClaimException(
                    value, "is not a URI; expected a complete URI in ASCII, such as spiffe://example.org/orders");
        }
        return value;
    }

    static String email(String value) throws BadClaimException {
        int at = value.lastIndexOf('@');
        if (!isPlain(value) || at < 1 || at == value.length() - 1) {
            throw new BadClaimException(
                    value, "is not an e-mail address; expected an address in ASCII, such as alice@example.com");
        }
        return value;
    }

    static String userPrincipalName(String value) throws BadClaimException {
        int at = value.lastIndexOf('@');
        if (!SubjectAlternativeNames.isUserPrincipalName(value) || at < 1 || at == value.length() - 1) {
            throw new BadClaimException(
                    value,
                    "is not a user principal name; expected a name without blanks, such as alice@corp.example.com");
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
                value, "is not a serial number; expected decimal (171), hex (0xab) or hex bytes (00:ab)");
    }

    static Set<String> roles(String value) throws BadClaimException {
        Set<String> roles = new LinkedHashSet<>();
        for (String piece : value.split(",", -1)) {
            String role = piece.strip();
            boolean good = !role.isEmpty()
                    && !Identity.isReservedRole(role)
                    && role.chars().allMatch(c -> c > ' ' && c != 0x7F);
            if (!good) {
                throw new BadClaimException(role, "is not a role; expected names separated by commas, in quotes");
            }
            roles.add(name(role));
        }
        return roles;
    }

    private static boolean isPlain(String value) {
        return value.length() <= MAX_LENGTH && value.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
