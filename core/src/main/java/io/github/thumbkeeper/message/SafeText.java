/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/** Makes foreign text safe for a message: cuts it, and escapes every character that could mislead a reader. Thread-safe. */
public final class SafeText {

    /** Longest part of a value in a message, in characters. */
    public static final int MAX_LENGTH = 80;

    /** Longest text of another program in a message, in characters. */
    private static final int MAX_SENTENCE = 500;

    private SafeText() {}

    /** Returns the value in {@code [ ]} for a message, or only its length if it may be a private key. */
    public static String quoted(String value) {
        return KeyMaterial.isIn(value)
                ? "[" + Counted.of(value.length(), "characters")
                        + " of PEM or DER, not shown, they may be a private key]"
                : "[" + text(value) + "]";
    }

    /** Returns the value cut at {@value #MAX_LENGTH} characters, with control, format and surrogate characters escaped. */
    public static String text(String value) {
        return text(value, MAX_LENGTH);
    }

    /** Returns a sentence, such as the message of an exception, escaped like a value and cut only if it is very long. */
    public static String sentence(String text) {
        return text(text, MAX_SENTENCE);
    }

    private static String text(String value, int most) {
        StringBuilder out = new StringBuilder();
        int end = Math.min(value.length(), most);
        for (int i = 0; i < end; i++) {
            char c = value.charAt(i);
            if (misleads(c)) {
                out.append(String.format("\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        return value.length() > most ? out.append("...").toString() : out.toString();
    }

    /** Returns a character as messages name it, such as {@code U+200E}. */
    public static String codePoint(int codePoint) {
        return String.format("U+%04X", codePoint);
    }

    private static boolean misleads(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
