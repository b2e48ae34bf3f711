/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JettyUpgradesTest {

    private static final String UPGRADE = "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter";
    private static final String BEHIND =
            "<web-app><filter><filter-name>gate</filter-name></filter><filter><filter-name>"
                    + UPGRADE + "</filter-name><filter-class>" + UPGRADE + "</filter-class></filter>"
                    + "<filter-mapping><filter-name>gate</filter-name></filter-mapping><filter-mapping><filter-name>"
                    + UPGRADE
                    + "</filter-name></filter-mapping></web-app>";

    @Test
    void refusesToStartOnJettyWithWebSocketsUnlessTheUpgradeComesLater() {
        assertThat(problems("jetty/12.0.31", true, "<web-app/>"))
                .singleElement()
                .asString()
                .startsWith("TK-409 ")
                .contains("[gate]", "WebSocketUpgradeFilter");
        assertThat(problems("jetty/12.0.31", true, null)).hasSize(1);
        assertThat(problems("jetty/12.0.31", true, "<web-app>"))
                .singleElement()
                .asString()
                .startsWith("TK-409 /WEB-INF/web.xml cannot be read");
        assertThat(problems("jetty/12.0.31", true, BEHIND)).isEmpty();
    }

    @Test
    void startsWithoutWebSocketsAndOnOtherContainers() {
        assertThat(problems("jetty/12.0.31", false, null)).isEmpty();
        assertThat(problems("Apache Tomcat/11.0.24", true, null)).isEmpty();
        assertThat(problems(null, true, null)).isEmpty();
    }

    private static List<String> problems(@Nullable String server, boolean sockets, @Nullable String descriptor) {
        Map<String, Object> container =
                sockets ? Map.of("jakarta.websocket.server.ServerContainer", "there") : Map.of();
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                JettyUpgradesTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getServerInfo" -> server;
                    case "getAttribute" -> container.get(arguments[0]);
                    default -> stream(descriptor);
                });
        return JettyUpgrades.problems((FilterConfig) Proxy.newProxyInstance(
                JettyUpgradesTest.class.getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, arguments) -> method.getName().equals("getFilterName") ? "gate" : context));
    }

    private static @Nullable InputStream stream(@Nullable String text) {
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
