/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of an XML file. External entities are never read (OWASP: XML External Entity).
 *
 * <p>Not thread-safe while it is read, immutable afterwards.
 *
 * @param name the name without prefix
 * @param attributes the attributes by name, after replacement of properties
 * @param children the elements within
 * @param text the characters directly within, without blanks around them
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, StringBuilder text) {

    /** An XML file that cannot be read; the message has the place in the file, and never its text. */
    static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnreadableException(String why) {
            super(why);
        }
    }

    /**
     * Reads a file.
     *
     * @param properties replaces {@code ${…}} in values, as Tomcat does
     */
    static XmlElement read(InputStream in, UnaryOperator<String> properties) throws IOException, UnreadableException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(in);
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // The root comes after the declaration, comments and an ignored document type.
            }
            return element(reader, properties);
        } catch (XMLStreamException e) {
            throw new UnreadableException("is not well-formed XML, or uses entities, which are not read"
                    + (e.getLocation() == null
                            ? ""
                            : ", at line " + e.getLocation().getLineNumber() + ", column "
                                    + e.getLocation().getColumnNumber()));
        }
    }

    private static XmlElement element(XMLStreamReader reader, UnaryOperator<String> properties)
            throws XMLStreamException {
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            attributes.put(reader.getAttributeLocalName(i), properties.apply(reader.getAttributeValue(i)));
        }
        XmlElement element = new XmlElement(reader.getLocalName(), attributes, new ArrayList<>(), new StringBuilder());
        int event = reader.next();
        while (event != XMLStreamConstants.END_ELEMENT) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                element.children.add(element(reader, properties));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                element.text.append(reader.getText());
            }
            event = reader.next();
        }
        String text = properties.apply(element.text.toString().strip());
        element.text.setLength(0);
        element.text.append(text);
        return element;
    }

    /** Returns the children of this name. */
    Stream<XmlElement> all(String child) {
        return children.stream().filter(each -> each.name.equals(child));
    }

    /** Returns all elements of this name, at any depth. */
    Stream<XmlElement> deep(String wanted) {
        return children.stream()
                .flatMap(each ->
                        Stream.concat(each.name.equals(wanted) ? Stream.of(each) : Stream.empty(), each.deep(wanted)));
    }

    /** Returns an attribute, or null if it is not set. */
    @Nullable
    String get(String attribute) {
        return attributes.get(attribute);
    }

    /** Returns an attribute, or a default if it is not set. */
    String get(String attribute, String otherwise) {
        return attributes.getOrDefault(attribute, otherwise);
    }

    /** Returns whether an attribute has this value, in any case. */
    boolean is(String attribute, String value) {
        return value.equalsIgnoreCase(get(attribute));
    }

    /** Returns the text of the first child of this name; empty if there is none. */
    String textOf(String child) {
        return all(child).findFirst().map(each -> each.text.toString()).orElse("");
    }
}
