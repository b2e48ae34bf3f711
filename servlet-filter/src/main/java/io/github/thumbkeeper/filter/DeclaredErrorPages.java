/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Looks for the error pages that an application's web.xml declares. */
final class DeclaredErrorPages {

    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    private DeclaredErrorPages() {}

    /** Returns whether there is an error page for the status, or for every status; false if web.xml cannot be read. */
    static boolean include(int status, ServletContext context) {
        try (InputStream descriptor = context.getResourceAsStream(DESCRIPTOR)) {
            return descriptor != null && include(status, descriptor);
        } catch (IOException | XMLStreamException e) {
            return false;
        }
    }

    private static boolean include(int status, InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(descriptor);
        try {
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.START_ELEMENT
                        && reader.getLocalName().equals("error-page")
                        && isFor(status, reader)) {
                    return true;
                }
            }
            return false;
        } finally {
            reader.close();
        }
    }

    /** A page without a code and without an exception is for every error (servlet specification section 10.9.2). */
    private static boolean isFor(int status, XMLStreamReader reader) throws XMLStreamException {
        boolean forEveryError = true;
        boolean forStatus = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT && reader.getLocalName().equals("error-page")) {
                break;
            }
            if (event == XMLStreamReader.START_ELEMENT && reader.getLocalName().equals("error-code")) {
                forEveryError = false;
                forStatus = reader.getElementText().strip().equals(Integer.toString(status));
            } else if (event == XMLStreamReader.START_ELEMENT
                    && reader.getLocalName().equals("exception-type")) {
                forEveryError = false;
            }
        }
        return forEveryError || forStatus;
    }
}
