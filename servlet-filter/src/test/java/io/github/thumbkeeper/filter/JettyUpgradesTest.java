/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
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
        assertThatThrownBy(() -> check("jetty/12.0.31", true, "<web-app/>"))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("TK-409")
                .hasMessageContaining("[gate]")
                .hasMessageContaining("WebSocketUpgradeFilter");
        assertThatThrownBy(() -> check("jetty/12.0.31", true, null)).isInstanceOf(ServletException.class);
        assertThatThrownBy(() -> check("jetty/12.0.31", true, "<web-app>")).isInstanceOf(ServletException.class);
        assertThatCode(() -> check("jetty/12.0.31", true, BEHIND)).doesNotThrowAnyException();
    }

    @Test
    void startsWithoutWebSocketsAndOnOtherContainers() {
        assertThatCode(() -> check("jetty/12.0.31", false, null)).doesNotThrowAnyException();
        assertThatCode(() -> check("Apache Tomcat/11.0.24", true, null)).doesNotThrowAnyException();
        assertThatCode(() -> check(null, true, null)).doesNotThrowAnyException();
    }

    private static void check(@Nullable String server, boolean sockets, @Nullable String descriptor)
            throws ServletException {
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
        JettyUpgrades.check((FilterConfig) Proxy.newProxyInstance(
                JettyUpgradesTest.class.getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, arguments) -> method.getName().equals("getFilterName") ? "gate" : context));
    }

    private static @Nullable InputStream stream(@Nullable String text) {
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
