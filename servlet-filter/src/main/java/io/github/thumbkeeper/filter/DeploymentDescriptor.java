/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of an application's web.xml that concern a gate and are not available through the servlet API.
 *
 * <p>Only for warnings: annotations, fragments and code may declare more.
 *
 * @param errorPages the status of each error page; {@value #EVERY_ERROR} for the page of every error
 * @param clientCertLogin whether the container logs clients in by the subject of their certificate
 */
record DeploymentDescriptor(Set<String> errorPages, boolean clientCertLogin) {

    private static final String PATH = "/WEB-INF/web.xml";
    private static final String EVERY_ERROR = "every error";

    /** Reads web.xml; one that is missing or unreadable declares nothing. */
    static DeploymentDescriptor of(ServletContext context) {
        try (InputStream xml = context.getResourceAsStream(PATH)) {
            return xml == null ? none() : read(xml);
        } catch (IOException | XMLStreamException e) {
            return none();
        }
    }

    /** Returns whether there is an error page for the status, or for every error. */
    boolean hasErrorPage(int status) {
        return errorPages.contains(EVERY_ERROR) || errorPages.contains(Integer.toString(status));
    }

    private static DeploymentDescriptor none() {
        return new DeploymentDescriptor(Set.of(), false);
    }

    private static DeploymentDescriptor read(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        Set<String> errorPages = new HashSet<>();
        boolean clientCertLogin = false;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (reader.getLocalName().equals("error-page")) {
                errorPages.add(errorOf(reader));
            } else if (reader.getLocalName().equals("auth-method")) {
                clientCertLogin |= reader.getElementText().strip().equalsIgnoreCase("CLIENT-CERT");
            }
        }
        return new DeploymentDescriptor(Set.copyOf(errorPages), clientCertLogin);
    }

    /** A page without a status and without an exception is for every error (servlet specification section 10.9.2). */
    private static String errorOf(XMLStreamReader reader) throws XMLStreamException {
        String error = EVERY_ERROR;
        while (reader.next() != XMLStreamConstants.END_ELEMENT
                || !reader.getLocalName().equals("error-page")) {
            if (reader.isStartElement()
                    && (reader.getLocalName().equals("error-code")
                            || reader.getLocalName().equals("exception-type"))) {
                error = reader.getElementText().strip();
            }
        }
        return error;
    }
}
