/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterOrderTest {

    private static final String UPGRADE = "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter";
    private static final String GATE =
            "<filter><init-param><param-name>x</param-name></init-param><filter-name>gate</filter-name><filter-class>c</filter-class></filter>";
    private static final String GATE_MAPPING =
            "<filter-mapping><filter-name>gate</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
    private static final String UPGRADES =
            "<filter><filter-name>" + UPGRADE + "</filter-name><filter-class>" + UPGRADE + "</filter-class></filter>";
    private static final String UPGRADES_MAPPING = "<filter-mapping>\n<filter-name>\n" + UPGRADE
            + "\n</filter-name><url-pattern>/*</url-pattern></filter-mapping>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                GATE + GATE_MAPPING,
                GATE + UPGRADES + GATE_MAPPING,
                GATE + UPGRADES + UPGRADES_MAPPING + GATE_MAPPING,
                GATE + UPGRADES + UPGRADES_MAPPING,
                GATE + GATE_MAPPING + UPGRADES_MAPPING,
                "<filter><filter-name>ws</filter-name><filter-class>" + UPGRADE + "</filter-class></filter>"
                        + "<filter-mapping><filter-name>gate</filter-name></filter-mapping>"
                        + "<filter-mapping><filter-name>ws</filter-name></filter-mapping>",
                "<!--" + GATE + UPGRADES + GATE_MAPPING + UPGRADES_MAPPING + "-->"
            })
    void upgradeIsNotAfterUnlessDeclaredAndMapped(String filters) throws Exception {
        assertThat(read(filters).isUpgradeAfter("gate")).isFalse();
    }

    @Test
    void upgradeIsAfter() throws Exception {
        FilterOrder order = read(UPGRADES + GATE + GATE_MAPPING + UPGRADES_MAPPING);

        assertThat(order.isUpgradeAfter("gate")).isTrue();
        assertThat(order.isUpgradeAfter("another")).isFalse();
    }

    @Test
    void refusesMalformedXml() {
        assertThatThrownBy(() -> read("<filter>")).isInstanceOf(XMLStreamException.class);
    }

    private static FilterOrder read(String filters) throws XMLStreamException {
        String text = "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee'>" + filters + "</web-app>";
        return FilterOrder.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
