/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.setup.SecurityConstraint;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
 * @param authMethod how the container logs users in, such as {@code BASIC}; empty if it does not
 * @param constraints what the container lets only users with a role reach
 * @param metadataComplete whether the container ignores annotations
 */
record DeploymentDescriptor(
        Set<String> errorPages, String authMethod, List<SecurityConstraint> constraints, boolean metadataComplete) {

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

    /** Returns whether the container logs clients in by the subject of their certificate. */
    boolean clientCertLogin() {
        return authMethod.equalsIgnoreCase("CLIENT-CERT");
    }

    /** Returns whether the container logs users in. Tomcat has NONE for an application without a login. */
    boolean login() {
        return !authMethod.isEmpty() && !authMethod.equalsIgnoreCase("NONE");
    }

    private static DeploymentDescriptor none() {
        return new DeploymentDescriptor(Set.of(), "", List.of(), false);
    }

    private static DeploymentDescriptor read(InputStream xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(xml);
        Set<String> errorPages = new HashSet<>();
        List<SecurityConstraint> constraints = new ArrayList<>();
        String authMethod = "";
        boolean metadataComplete = false;
        while (reader.hasNext()) {
            if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "web-app" ->
                    metadataComplete = Boolean.parseBoolean(reader.getAttributeValue(null, "metadata-complete"));
                case "error-page" -> errorPages.add(errorOf(reader));
                case "auth-method" -> authMethod = reader.getElementText().strip();
                case "security-constraint" -> constraints.add(constraint(reader));
                default -> {
                    // Does not concern a gate.
                }
            }
        }
        return new DeploymentDescriptor(Set.copyOf(errorPages), authMethod, List.copyOf(constraints), metadataComplete);
    }

    private static SecurityConstraint constraint(XMLStreamReader reader) throws XMLStreamException {
        List<String> patterns = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        while (reader.next() != XMLStreamConstants.END_ELEMENT
                || !reader.getLocalName().equals("security-constraint")) {
            if (reader.isStartElement() && reader.getLocalName().equals("url-pattern")) {
                patterns.add(reader.getElementText().strip());
            } else if (reader.isStartElement() && reader.getLocalName().equals("role-name")) {
                roles.add(reader.getElementText().strip());
            }
        }
        return new SecurityConstraint(patterns, roles);
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
