/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Splits a policy expression, {@code @(…)} or {@code @{…}}, into tokens, and finds its end by the brackets. Not thread-safe.
 *
 * <p>The end cannot be found by the quotes of the attribute: API Management accepts an expression with quotes of its own, as in
 * {@code condition="@(context.Request.Certificate.Thumbprint != "AB…")"}.
 */
final class ExpressionLexer {

    private static final List<String> SYMBOLS = List.of("||", "&&", "==", "!=", "=>", "<=", ">=", "??", "?.");
    private static final int DEEPEST = 100;

    private final SourceReader reader;
    private final int start;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<Character> open = new ArrayDeque<>();

    private ExpressionLexer(SourceReader reader) {
        this.reader = reader;
        this.start = reader.index();
    }

    static boolean isExpression(SourceReader reader) {
        return reader.startsWith("@(") || reader.startsWith("@{");
    }

    /** Reads the expression at the reader's place and moves to its end. */
    static List<Token> read(SourceReader reader) throws PolicyException {
        ExpressionLexer lexer = new ExpressionLexer(reader);
        reader.next();
        do {
            lexer.readToken();
        } while (!lexer.open.isEmpty());
        lexer.tokens.add(new Token(Token.Kind.END, "", reader.index() - 1));
        return List.copyOf(lexer.tokens);
    }

    private void readToken() throws PolicyException {
        int index = reader.index();
        char c = reader.peek();
        if (c == SourceReader.END) {
            throw new PolicyException(
                    start, "the expression does not end; expected a closing bracket for each opening one");
        } else if (SourceReader.isBlank(c)) {
            reader.next();
        } else if (c == '"') {
            tokens.add(string(false, false, index));
        } else if (c == '\'') {
            tokens.add(new Token(Token.Kind.STRING, characters('\'', false, false), index));
        } else if (c == '@' || c == '$') {
            prefixed(index);
        } else if (isLetter(c)) {
            tokens.add(new Token(Token.Kind.NAME, word(), index));
        } else if (isDigit(c)) {
            tokens.add(new Token(Token.Kind.NUMBER, word(), index));
        } else {
            symbol(c, index);
        }
    }

    private void prefixed(int index) throws PolicyException {
        boolean verbatim = false;
        boolean interpolated = false;
        while (reader.peek() == '@' || reader.peek() == '$') {
            boolean at = reader.next() == '@';
            verbatim |= at;
            interpolated |= !at;
        }
        if (reader.peek() != '"') {
            throw new PolicyException(index, "[@] and [$] are expected before a string only");
        }
        tokens.add(string(verbatim, interpolated, index));
    }

    private Token string(boolean verbatim, boolean interpolated, int index) throws PolicyException {
        String value = characters('"', verbatim, interpolated);
        if (reader.peek() == '"') {
            throw new PolicyException(index, "the string is followed by another quote; expected an operator");
        }
        return new Token(interpolated ? Token.Kind.INTERPOLATED : Token.Kind.STRING, value, index);
    }

    private String characters(char quote, boolean verbatim, boolean interpolated) throws PolicyException {
        int index = reader.index();
        StringBuilder value = new StringBuilder();
        reader.next();
        while (true) {
            char c = reader.next();
            if (c == SourceReader.END || (!verbatim && (c == '\n' || c == '\r'))) {
                throw new PolicyException(
                        index, "the string does not end on its line; is a bracket before it not closed?");
            } else if (c == quote) {
                if (!verbatim || reader.peek() != quote) {
                    return value.toString();
                }
                reader.next();
            } else if (c == '\\' && !verbatim) {
                c = escaped();
            } else if (interpolated && c == '{') {
                hole();
            }
            value.append(c);
        }
    }

    private char escaped() throws PolicyException {
        int index = reader.index();
        char c = reader.next();
        switch (c) {
            case '"', '\'', '\\' -> {
                return c;
            }
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'u' -> {
                StringBuilder hex = new StringBuilder();
                for (int i = 0; i < 4; i++) {
                    hex.append(reader.next());
                }
                if (hex.toString().matches("[0-9A-Fa-f]{4}")) {
                    return (char) Integer.parseInt(hex.toString(), 16);
                }
            }
            default -> {}
        }
        throw new PolicyException(
                index,
                "the escape in the string is unknown; expected \\\", \\\\, \\n, \\r, \\t or \\u with four hex digits");
    }

    /** Skips a value in braces: its tokens are read, so that its brackets and strings are balanced, and dropped. */
    private void hole() throws PolicyException {
        if (reader.peek() == '{') {
            reader.next();
            return;
        }
        int tokensBefore = tokens.size();
        int outside = open.size();
        push('{', reader.index());
        while (open.size() > outside) {
            readToken();
        }
        tokens.subList(tokensBefore, tokens.size()).clear();
    }

    private void symbol(char c, int index) throws PolicyException {
        reader.next();
        String pair = "" + c + reader.peek();
        if (pair.equals("//")) {
            throw new PolicyException(
                    index, "a comment to the end of the line is not understood here; expected /* … */ or none");
        } else if (pair.equals("/*")) {
            reader.next();
            reader.skipPast("*/", "the comment");
            return;
        } else if (SYMBOLS.contains(pair)) {
            reader.next();
            tokens.add(new Token(Token.Kind.SYMBOL, pair, index));
            return;
        }
        if ("([{".indexOf(c) >= 0) {
            push(c, index);
        } else if (")]}".indexOf(c) >= 0 && !matches(open.pop(), c)) {
            throw new PolicyException(index, SafeText.quoted("" + c) + " does not match the last opening bracket");
        }
        tokens.add(new Token(Token.Kind.SYMBOL, "" + c, index));
    }

    private void push(char bracket, int index) throws PolicyException {
        if (open.size() == DEEPEST) {
            throw new PolicyException(index, "more than " + DEEPEST + " brackets are open; expected fewer");
        }
        open.push(bracket);
    }

    private static boolean matches(char opening, char closing) {
        return "([{".indexOf(opening) == ")]}".indexOf(closing);
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (isLetter(reader.peek()) || isDigit(reader.peek())) {
            word.append(reader.next());
        }
        return word.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
