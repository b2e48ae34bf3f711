/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a thumbprint with its prefix and quotes. Thread-safe. */
final class ThumbprintText {

    static final String EXPECTED = "expected 40 (SHA-1), 64 (SHA-256), 96 (SHA-384) or 128 (SHA-512) hex digits";

    /** OpenSSL prints {@code SHA1 Fingerprint=}; RFC 7515 names the base64url forms {@code x5t} and {@code x5t#S256}. */
    private static final String PREFIX =
            "(?:(sha-?(?:1|256|384|512)|md5)(?:[ \\t]*fingerprint[ \\t]*=|[ \\t]*:)|x5t(?:#s256)?:)";

    private static final Pattern AT_START = Pattern.compile(PREFIX, Pattern.CASE_INSENSITIVE);
    private static final Pattern AT_WORD = Pattern.compile("(?<![^ \\t])[\"']?" + PREFIX, Pattern.CASE_INSENSITIVE);

    /** The length of the shortest text of a whole thumbprint: base64url of SHA-1. Groups of hex digits are shorter. */
    private static final int SHORTEST = 27;

    /** The longest group of digits of a thumbprint with blanks, with a quote around it. */
    private static final int LONGEST_GROUP = 5;

    private ThumbprintText() {}

    /**
     * Returns the index after the first word if it begins the line, is ASCII and too long for a prefix or a group, else 0. A
     * long list has such lines, which must be read fast.
     */
    static int endOfLongWord(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) > ' ' && line.charAt(end) < 0x7F) {
            end++;
        }
        boolean blank = end == line.length() || line.charAt(end) == ' ';
        return blank && end >= SHORTEST && line.charAt(0) != '#' ? end : 0;
    }

    /**
     * Returns the index in the original line after the thumbprint or pin with which the line begins, in whatever form; -1 if
     * the line has only blanks and a comment. A blank belongs to the thumbprint within a prefix and between groups of digits.
     */
    static int endInLine(NormalizedText line) {
        TextSlice all = TextSlice.of(line).trimmed();
        if (all.length() == 0 || all.charAt(0) == '#') {
            return -1;
        }
        Matcher prefix = AT_WORD.matcher(line.text()).region(all.start(), all.end());
        int body = prefix.lookingAt() ? prefix.end() : all.start();
        int end = body;
        boolean inGroups = true;
        for (TextSlice word : new TextSlice(line, body, all.end()).words()) {
            boolean group = isGroup(word);
            if (end > body && !(inGroups && group)) {
                break;
            }
            end = word.end();
            inGroups = group;
        }
        return line.originalEnd(end);
    }

    private static boolean isGroup(TextSlice word) {
        String text = word.text();
        boolean digits = text.length() < SHORTEST && HexText.isHex(text);
        return digits || (text.length() <= LONGEST_GROUP && text.charAt(0) != '#' && text.indexOf('=') < 0);
    }

    /** Splits a member where a blank ends one thumbprint: before a prefix, and between words that are no mere groups. */
    static List<TextSlice> split(TextSlice member) {
        List<TextSlice> parts = new ArrayList<>();
        Matcher prefix = AT_WORD.matcher(member.text());
        int start = 0;
        int body = 0;
        while (prefix.find()) {
            addWords(member, start, member.from(body, prefix.start()), parts);
            start = prefix.start();
            body = prefix.end();
        }
        addWords(member, start, member.from(body), parts);
        return parts;
    }

    private static void addWords(TextSlice member, int start, TextSlice body, List<TextSlice> parts) {
        TextSlice whole = new TextSlice(member.whole(), member.start() + start, body.end()).trimmed();
        List<TextSlice> words = body.words();
        if (words.size() > 1 && words.stream().allMatch(word -> word.length() >= SHORTEST)) {
            parts.add(new TextSlice(whole.whole(), whole.start(), words.get(0).end()));
            parts.addAll(words.subList(1, words.size()));
        } else if (whole.length() > 0) {
            parts.add(whole);
        }
    }

    static Thumbprint parse(TextSlice text) throws NotADigestException {
        TextSlice member = text.unquoted();
        Matcher prefix = AT_START.matcher(member.text());
        if (!prefix.lookingAt()) {
            refuseOtherKinds(member);
            return HexText.read(member, member, null);
        }
        TextSlice body = member.from(prefix.end()).trimmed();
        String name = prefix.group(1);
        if (name != null) {
            return HexText.read(member, body, named(member, name));
        }
        return base64url(member, body, member.from(0, prefix.end()).text().indexOf('#') < 0);
    }

    private static void refuseOtherKinds(TextSlice member) throws NotADigestException {
        if (member.length() == 0) {
            throw new NotADigestException(member, "is empty; " + EXPECTED);
        }
        if (Placeholder.isIn(member.text())) {
            throw new NotADigestException(member, "is a placeholder that was not replaced; " + EXPECTED);
        }
        if (member.startsWith("sha256/") || member.startsWith("pin-sha256")) {
            throw new NotADigestException(member, "is the pin of a public key, not a thumbprint; " + EXPECTED);
        }
        if (StoreLocation.is(member.text())) {
            throw new NotADigestException(member, StoreLocation.instead("a thumbprint") + "; " + EXPECTED);
        }
    }

    private static DigestAlgorithm named(TextSlice member, String name) throws NotADigestException {
        String prefix = name.toLowerCase(Locale.ROOT).replace("-", "");
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            if (algorithm.prefix().equals(prefix)) {
                return algorithm;
            }
        }
        throw new NotADigestException(member, "is an MD5 thumbprint: MD5 is not accepted; " + EXPECTED);
    }

    private static Thumbprint base64url(TextSlice member, TextSlice body, boolean sha1) throws NotADigestException {
        DigestAlgorithm algorithm = sha1 ? DigestAlgorithm.SHA1 : DigestAlgorithm.SHA256;
        int needed = sha1 ? 27 : 43;
        Base64Digest.URL.requireAlphabet(member, body);
        if (body.length() != needed) {
            throw new NotADigestException(
                    member,
                    "has " + Counted.of(body.length(), "characters") + " after its prefix, base64url of "
                            + algorithm.standardName() + " needs " + needed + " (without padding)");
        }
        return Thumbprint.ofDigest(algorithm, Base64Digest.URL.decode(member, body, algorithm));
    }
}
