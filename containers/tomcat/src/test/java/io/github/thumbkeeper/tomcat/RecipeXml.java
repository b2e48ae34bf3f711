/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The settings of a recipe in XML, for a Tomcat within the test. */
final class RecipeXml {

    private RecipeXml() {}

    /** The attributes of the only element of this name, without {@code className}. */
    static Map<String, String> attributes(Path file, String element) throws IOException {
        NodeList elements = parse(file).getElementsByTagName(element);
        if (elements.getLength() != 1) {
            throw new IllegalStateException(file + " has " + elements.getLength() + " elements " + element);
        }
        NamedNodeMap attributes = elements.item(0).getAttributes();
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < attributes.getLength(); i++) {
            settings.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        settings.remove("className");
        return settings;
    }

    /** The parameters of the only filter of a web.xml. */
    static Map<String, String> initParameters(Path file) throws IOException {
        NodeList parameters = parse(file).getElementsByTagName("init-param");
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < parameters.getLength(); i++) {
            Element parameter = (Element) parameters.item(i);
            settings.put(text(parameter, "param-name"), text(parameter, "param-value"));
        }
        return settings;
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static Document parse(Path file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file.toString(), e);
        }
    }
}
