/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.message.KeyMaterial;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for labels that a writer accepts. A label becomes the beginning of a file name, and a person must be able to tell two
 * labels apart; so a label that could mislead a file system or a reader is refused, never changed. Thread-safe.
 */
final class EntryLabels {

    private static final int MOST_CHARACTERS = 100;

    /** Leaves room for the rest of the file name within the 255 bytes of most file systems. */
    private static final int MOST_BYTES = 200;

    /** Separators of paths, wildcards and quotes; {@code #} ends the label within a file name. */
    private static final String FORBIDDEN = "/\\:*?\"<>|#";

    /** Device names of Windows ("Naming Files, Paths, and Namespaces"), also with an extension. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9\u00B9\u00B2\u00B3])[ ]*([.].*)?");

    /** First and last character of each range of default-ignorable characters of Unicode 15.1. */
    private static final int[] IGNORABLE = {
        0xAD, 0xAD, 0x34F, 0x34F, 0x61C, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x200B, 0x200F, 0x202A,
        0x202E, 0x2060, 0x206F, 0x3164, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFEFF, 0xFFA0, 0xFFA0, 0xFFF0, 0xFFF8, 0x1BCA0,
        0x1BCA3, 0x1D173, 0x1D17A, 0xE0000, 0xE0FFF
    };

    /** Looks like a blank, but is a symbol. */
    private static final int BLANK_BRAILLE = 0x2800;

    private EntryLabels() {}

    /** Returns the reason for refusing a label, as a clause whose subject is the label; empty if it is allowed. */
    static Optional<String> problem(String label) {
        if (label.isBlank()) {
            return Optional.of("is empty; expected a name");
        }
        if (label.length() > MOST_CHARACTERS || label.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return Optional.of("is too long; expected at most " + MOST_CHARACTERS + " characters and " + MOST_BYTES
                    + " bytes of UTF-8");
        }
        if (KeyMaterial.isIn(label)) {
            return Optional.of("looks like a certificate or a private key; expected a name");
        }
        return characters(label).or(() -> shape(label));
    }

    private static Optional<String> characters(String label) {
        boolean leftToRight = false;
        boolean rightToLeft = false;
        for (int i = 0; i < label.length(); i += Character.charCount(label.codePointAt(i))) {
            int c = label.codePointAt(i);
            if (FORBIDDEN.indexOf(c) >= 0) {
                return Optional.of("has the character [" + Character.toString(c) + "]; expected a label without any of "
                        + FORBIDDEN);
            }
            if (c != ' ' && isInvisible(c)) {
                return Optional.of(String.format(
                        "has the character U+%04X at index %d, which is not visible; expected visible characters",
                        c, i));
            }
            byte direction = Character.getDirectionality(c);
            leftToRight |= direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
            rightToLeft |= direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        }
        return leftToRight && rightToLeft
                ? Optional.of("mixes letters that are written from left to right and from right to left, so that it may"
                        + " look like another label; expected one direction")
                : Optional.empty();
    }

    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> isDefaultIgnorable(c) || c == BLANK_BRAILLE;
        };
    }

    /**
     * Returns whether a character has the property Default_Ignorable_Code_Point (Unicode Standard Annex 44), apart from those that their
     * general category shows already: fillers, joiners and variation selectors, which are letters or marks without a shape.
     */
    private static boolean isDefaultIgnorable(int c) {
        for (int i = 0; i < IGNORABLE.length; i += 2) {
            if (c >= IGNORABLE[i] && c <= IGNORABLE[i + 1]) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> shape(String label) {
        if (label.startsWith(".")) {
            return Optional.of("begins with a dot, like a hidden file; expected a letter or digit");
        }
        if (label.startsWith(" ") || label.endsWith(" ") || label.endsWith(".")) {
            return Optional.of("begins with a blank, or ends with a blank or a dot; expected none there");
        }
        if (DEVICE.matcher(label).matches()) {
            return Optional.of("is the name of a device in Windows; expected another name");
        }
        return Normalizer.isNormalized(label, Normalizer.Form.NFC)
                ? Optional.empty()
                : Optional.of("is not in the Unicode normalization form C; expected it in that form");
    }

    /** Returns a text that is equal for labels that differ only in case or in the form of a character. */
    static String key(String label) {
        return Normalizer.normalize(label, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }
}
