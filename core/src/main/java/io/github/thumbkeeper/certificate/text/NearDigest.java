/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises a thumbprint or pin with a few wrong, missing or additional characters.
 *
 * <p>Errs on the side of no: passwords and keys in hex have other lengths than digests, and a digit sequence that follows
 * {@code key=} or {@code key:} is a value and not a thumbprint.
 */
final class NearDigest {

    /** The greatest number of characters that are wrong, and of those that are missing or additional. */
    private static final int MOST_WRONG = 4;

    /** A thumbprint with separators has at least ten groups, of which a few separators may be missing. */
    private static final int FEWEST_SEPARATORS = 7;

    /** Longer than any digest with its prefix and separators. */
    private static final int LONGEST = 300;

    private static final int[] HEX_LENGTHS = {40, 64, 96, 128};
    private static final int MD5_LENGTH = 32;
    private static final int PIN_LENGTH = 44;
    private static final int[] BASE64URL_LENGTHS = {27, 43};

    private static final Pattern PIN = Pattern.compile("sha256//?|pin-sha256(:|=\"?)");
    private static final Pattern HEX = Pattern.compile("(sha-?(?:1|256|384|512)|md5)(?:\\s*fingerprint\\s*=|\\s*:)");
    private static final Pattern BASE64URL = Pattern.compile("x5t(#s256)?:");

    private NearDigest() {}

    static boolean isNear(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        String plain = NormalizedText.of(text).text().strip().replaceAll("^[\"']|[\"']$", "");
        String lower = plain.toLowerCase(Locale.ROOT);
        Matcher pin = PIN.matcher(lower);
        if (pin.lookingAt()) {
            return isBase64(plain.substring(pin.end()), PIN_LENGTH);
        }
        Matcher base64url = BASE64URL.matcher(lower);
        if (base64url.lookingAt()) {
            return isBase64(plain.substring(base64url.end()), BASE64URL_LENGTHS);
        }
        Matcher hex = HEX.matcher(lower);
        if (!hex.lookingAt()) {
            return isHex(plain, HEX_LENGTHS);
        }
        String body = plain.substring(hex.end());
        return isHex(body, HEX_LENGTHS) || ("md5".equals(hex.group(1)) && isHex(body, MD5_LENGTH));
    }

    private static boolean isHex(String text, int... lengths) {
        int digits = 0;
        int separators = 0;
        int wrong = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (HexFormat.isHexDigit(c)) {
                digits++;
            } else if (c == ':' || c == '-' || c == ' ' || c == '\t') {
                separators++;
            } else if (c == '=' || c == '$') {
                return false;
            } else {
                wrong++;
            }
        }
        boolean grouped = separators == 0 || separators >= FEWEST_SEPARATORS;
        return grouped && wrong <= MOST_WRONG && isNear(digits + wrong, lengths);
    }

    private static boolean isBase64(String text, int... lengths) {
        long wrong = text.chars().filter(c -> !isBase64(c)).count();
        return wrong <= MOST_WRONG && isNear(text.length(), lengths);
    }

    private static boolean isBase64(int c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || "+/=-_\"".indexOf(c) >= 0;
    }

    private static boolean isNear(int length, int... lengths) {
        for (int each : lengths) {
            if (Math.abs(length - each) <= MOST_WRONG) {
                return true;
            }
        }
        return false;
    }
}
