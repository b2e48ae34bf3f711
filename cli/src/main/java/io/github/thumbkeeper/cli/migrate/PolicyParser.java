/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses a policy document. Not thread-safe.
 *
 * <p>Such a document is often not well-formed XML, because its expressions contain raw quotes and {@code &&}. Apart from that it is
 * read strictly. Document types are refused, so that no entity refers to anything outside. The document may be a fragment: any number
 * of elements, one after the other.
 */
final class PolicyParser {

    private static final int DEEPEST = 100;

    private final SourceReader reader;

    private PolicyParser(String document) {
        this.reader = new SourceReader(document);
    }

    static List<PolicyElement> parse(String document) throws PolicyException {
        PolicyParser parser = new PolicyParser(document);
        List<PolicyElement> elements = new ArrayList<>();
        List<PolicyValue> texts = new ArrayList<>();
        parser.readContent(elements, texts, 0);
        if (!parser.reader.isAtEnd()) {
            throw new PolicyException(parser.reader.index(), "the end tag has no start tag");
        }
        if (!texts.isEmpty()) {
            throw new PolicyException(
                    texts.get(0).index(), "this is not a policy document; expected an element such as <policies>");
        }
        if (elements.isEmpty()) {
            throw new PolicyException(0, "the document is empty; expected an element such as <policies>");
        }
        return List.copyOf(elements);
    }

    /** Reads up to the next end tag, or to the end of the document. */
    private void readContent(List<PolicyElement> elements, List<PolicyValue> texts, int depth) throws PolicyException {
        while (!reader.isAtEnd() && !reader.startsWith("</")) {
            int index = reader.index();
            if (reader.startsWith("<!--")) {
                reader.skip("<!--".length());
                reader.skipPast("-->", "the comment");
            } else if (reader.startsWith("<![CDATA[")) {
                reader.skip("<![CDATA[".length());
                texts.add(new PolicyValue(index, reader.skipPast("]]>", "the CDATA section"), List.of()));
            } else if (reader.startsWith("<!")) {
                throw new PolicyException(index, "a document type is not allowed in a policy document");
            } else if (reader.startsWith("<?")) {
                reader.skipPast("?>", "the processing instruction");
            } else if (reader.startsWith("<")) {
                elements.add(element(depth + 1));
            } else {
                readText(texts);
            }
        }
    }

    private void readText(List<PolicyValue> texts) throws PolicyException {
        reader.skipBlanks();
        if (ExpressionLexer.isExpression(reader)) {
            texts.add(expression());
            return;
        }
        int index = reader.index();
        StringBuilder text = new StringBuilder();
        while (!reader.isAtEnd() && reader.raw() != '<') {
            text.append(reader.nextText());
        }
        if (!text.toString().isBlank()) {
            texts.add(new PolicyValue(index, text.toString(), List.of()));
        }
    }

    private PolicyElement element(int depth) throws PolicyException {
        int index = reader.index();
        if (depth > DEEPEST) {
            throw new PolicyException(index, "more than " + DEEPEST + " elements are open; expected fewer");
        }
        reader.skip(1);
        String name = name();
        List<PolicyAttribute> attributes = attributes(name);
        List<PolicyElement> children = new ArrayList<>();
        List<PolicyValue> texts = new ArrayList<>();
        if (reader.startsWith("/>")) {
            reader.skip(2);
        } else {
            expect('>', "at the end of the start tag");
            readContent(children, texts, depth);
            readEndTag(index, name);
        }
        return new PolicyElement(index, name, attributes, List.copyOf(children), List.copyOf(texts));
    }

    private void readEndTag(int start, String name) throws PolicyException {
        if (reader.isAtEnd()) {
            throw new PolicyException(start, "the element " + SafeText.quoted(name) + " has no end tag");
        }
        int index = reader.index();
        reader.skip(2);
        String closed = name();
        if (!closed.equals(name)) {
            throw new PolicyException(
                    index,
                    "the end tag is that of " + SafeText.quoted(closed) + "; expected that of "
                            + SafeText.quoted(name));
        }
        reader.skipBlanks();
        expect('>', "at the end of the end tag");
    }

    private List<PolicyAttribute> attributes(String element) throws PolicyException {
        List<PolicyAttribute> attributes = new ArrayList<>();
        while (true) {
            boolean separated = SourceReader.isBlank(reader.raw());
            reader.skipBlanks();
            if (reader.isAtEnd() || reader.raw() == '>' || reader.raw() == '/') {
                return List.copyOf(attributes);
            }
            int index = reader.index();
            if (!separated) {
                throw new PolicyException(
                        index, "a blank is expected before the next attribute of " + SafeText.quoted(element));
            }
            String name = name();
            if (attributes.stream().anyMatch(other -> other.name().equals(name))) {
                throw new PolicyException(index, SafeText.quoted(name) + " is given twice; expected once");
            }
            reader.skipBlanks();
            expect('=', "after the name of the attribute " + SafeText.quoted(name));
            reader.skipBlanks();
            attributes.add(new PolicyAttribute(index, name, attributeValue(name)));
        }
    }

    private PolicyValue attributeValue(String name) throws PolicyException {
        char quote = reader.raw();
        if (quote != '"' && quote != '\'') {
            throw new PolicyException(
                    reader.index(), "a quote is expected before the value of " + SafeText.quoted(name));
        }
        reader.skip(1);
        int index = reader.index();
        reader.skipBlanks();
        if (ExpressionLexer.isExpression(reader)) {
            PolicyValue value = expression();
            reader.skipBlanks();
            expect(quote, "after the expression of " + SafeText.quoted(name) + ", whose brackets are closed here");
            return value;
        }
        reader.skip(index - reader.index());
        StringBuilder text = new StringBuilder();
        while (reader.raw() != quote) {
            if (reader.isAtEnd() || reader.raw() == '<') {
                throw new PolicyException(index, "the value of " + SafeText.quoted(name) + " does not end");
            }
            text.append(reader.nextText());
        }
        reader.skip(1);
        return new PolicyValue(index, text.toString(), List.of());
    }

    private PolicyValue expression() throws PolicyException {
        int index = reader.index();
        List<Token> tokens = ExpressionLexer.read(reader);
        return new PolicyValue(index, SourceReader.decoded(reader.from(index)), tokens);
    }

    private String name() throws PolicyException {
        StringBuilder name = new StringBuilder();
        while (isNameCharacter(reader.raw())) {
            name.append(reader.raw());
            reader.skip(1);
        }
        if (name.isEmpty()) {
            throw new PolicyException(reader.index(), "the name of an element or an attribute is expected");
        }
        return name.toString();
    }

    private static boolean isNameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.:".indexOf(c) >= 0;
    }

    private void expect(char expected, String where) throws PolicyException {
        if (reader.isAtEnd() || reader.raw() != expected) {
            throw new PolicyException(reader.index(), SafeText.quoted("" + expected) + " is expected " + where);
        }
        reader.skip(1);
    }
}
