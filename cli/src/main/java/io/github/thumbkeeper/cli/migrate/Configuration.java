/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints settings as the configuration of a valve or of a filter. Immutable and thread-safe.
 *
 * @see Migration
 */
public final class Configuration {

    private static final String VALVE = "io.github.thumbkeeper.valve.ClientCertificateValve";
    private static final String FILTER = "io.github.thumbkeeper.filter.ClientCertificateFilter";

    private final Map<String, String> settings;

    /** Prints these settings of a valve, in this order. */
    public Configuration(Map<String, String> settings) {
        this.settings = new LinkedHashMap<>(settings);
    }

    /** Returns the valve, for {@code server.xml} or {@code META-INF/context.xml}. */
    public String valve() {
        StringBuilder xml = new StringBuilder("<Valve className=\"" + VALVE + "\"");
        settings.forEach((name, value) -> xml.append("\n       ")
                .append(name)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        return xml.append("/>\n").toString();
    }

    /** Returns the filter, for the first place in {@code web.xml}. */
    public String filter() {
        StringBuilder xml = new StringBuilder("<filter>\n  <filter-name>clientCertificate</filter-name>\n");
        xml.append("  <filter-class>").append(FILTER).append("</filter-class>\n");
        xml.append("  <async-supported>true</async-supported>\n");
        settings.forEach((name, value) -> xml.append("  <init-param><param-name>")
                .append(name)
                .append("</param-name><param-value>")
                .append(escaped(inApplication(value)))
                .append("</param-value></init-param>\n"));
        return xml.append("""
                </filter>
                <filter-mapping>
                  <filter-name>clientCertificate</filter-name><url-pattern>/*</url-pattern>
                  <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>
                </filter-mapping>
                """).toString();
    }

    /** Returns the location for a filter, which has no folder {@code conf}. */
    private static String inApplication(String value) {
        return value.replaceFirst("^conf/", "/WEB-INF/");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
