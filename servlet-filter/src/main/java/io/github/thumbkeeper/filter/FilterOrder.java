/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The filters that a web.xml declares, and in which order it maps them.
 *
 * @param classes the class of each filter, by its name
 * @param mapped the names, in the order of their mappings
 */
record FilterOrder(Map<String, String> classes, List<String> mapped) {

    private static final String UPGRADE = ".websocket.servlet.WebSocketUpgradeFilter";

    static FilterOrder read(InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        FilterOrder order = new FilterOrder(new HashMap<>(), new ArrayList<>());
        XMLStreamReader reader = factory.createXMLStreamReader(descriptor);
        try {
            while (reader.hasNext()) {
                order.take(reader);
            }
        } finally {
            reader.close();
        }
        return new FilterOrder(Map.copyOf(order.classes), List.copyOf(order.mapped));
    }

    private void take(XMLStreamReader reader) throws XMLStreamException {
        if (reader.next() != XMLStreamReader.START_ELEMENT) {
            return;
        }
        if (reader.getLocalName().equals("filter")) {
            Map<String, String> children = children(reader, "filter");
            classes.put(children.getOrDefault("filter-name", ""), children.getOrDefault("filter-class", ""));
        } else if (reader.getLocalName().equals("filter-mapping")) {
            mapped.add(children(reader, "filter-mapping").getOrDefault("filter-name", ""));
        }
    }

    /** The first text of each kind of child. */
    private static Map<String, String> children(XMLStreamReader reader, String parent) throws XMLStreamException {
        Map<String, String> children = new HashMap<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT && reader.getLocalName().equals(parent)) {
                break;
            }
            if (event == XMLStreamReader.START_ELEMENT && reader.getLocalName().startsWith("filter-")) {
                children.putIfAbsent(
                        reader.getLocalName(), reader.getElementText().strip());
            }
        }
        return children;
    }

    /** Returns whether Jetty's upgrade filter has the name by which Jetty finds it, and is mapped after this filter. */
    boolean isUpgradeAfter(String gate) {
        int first = mapped.indexOf(gate);
        return first >= 0
                && classes.entrySet().stream()
                        .filter(each -> each.getValue().endsWith(UPGRADE))
                        .filter(each -> each.getKey().equals(each.getValue()))
                        .anyMatch(each -> mapped.indexOf(each.getKey()) > first);
    }
}
