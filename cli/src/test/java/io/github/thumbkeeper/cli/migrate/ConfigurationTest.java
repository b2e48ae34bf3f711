/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The printed configurations, read by an XML parser as a container does. */
class ConfigurationTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.thumbkeeper.cli.migrate.MigrationTest#cases")
    void printsEverySettingOfTheValve(PolicyCase policy) throws Exception {
        Element valve = parse(new Configuration(policy.settings()).valve()).getDocumentElement();

        Map<String, String> expected = new LinkedHashMap<>(policy.settings());
        expected.put("className", "io.github.thumbkeeper.valve.ClientCertificateValve");
        assertThat(valve.getTagName()).isEqualTo("Valve");
        assertThat(valve.getAttributes().getLength()).isEqualTo(expected.size());
        expected.forEach((name, value) -> assertThat(valve.getAttribute(name)).isEqualTo(value));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.thumbkeeper.cli.migrate.MigrationTest#cases")
    void printsEverySettingOfTheFilter(PolicyCase policy) throws Exception {
        Document filter = parse("<web-app>" + new Configuration(policy.settings()).filter() + "</web-app>");

        Map<String, String> printed = new LinkedHashMap<>();
        NodeList parameters = filter.getElementsByTagName("init-param");
        for (int i = 0; i < parameters.getLength(); i++) {
            Element parameter = (Element) parameters.item(i);
            printed.put(text(parameter, "param-name"), text(parameter, "param-value"));
        }
        Map<String, String> expected = new LinkedHashMap<>(policy.settings());
        expected.computeIfPresent("store", (name, value) -> "/WEB-INF/clients");
        expected.computeIfPresent("trustStore", (name, value) -> "/WEB-INF/authorities");
        assertThat(printed).containsExactlyEntriesOf(expected);
        assertThat(text(filter.getDocumentElement(), "filter-class"))
                .isEqualTo("io.github.thumbkeeper.filter.ClientCertificateFilter");
        assertThat(text(filter.getDocumentElement(), "url-pattern")).isEqualTo("/*");
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }
}
