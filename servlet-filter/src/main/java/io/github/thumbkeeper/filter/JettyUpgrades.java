/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Checks that Jetty opens no WebSocket before the gate has decided. Jetty upgrades in a filter, which runs before all others
 * unless web.xml declares it under the name of its class; other containers upgrade after all filters.
 */
final class JettyUpgrades {

    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    private JettyUpgrades() {}

    /**
     * Does nothing outside Jetty, and where there are no WebSockets.
     *
     * @throws ServletException if web.xml does not put Jetty's upgrade filter after this one; the message contains the declaration
     */
    static void check(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        String server = context.getServerInfo();
        if (server == null
                || !server.startsWith("jetty/")
                || context.getAttribute("jakarta.websocket.server.ServerContainer") == null) {
            return;
        }
        if (!isAfter(context, String.valueOf(config.getFilterName()))) {
            throw new ServletException("TK-409 filter [" + config.getFilterName() + "]: on Jetty with WebSockets "
                    + DESCRIPTOR + " must declare the filter org.eclipse.jetty.ee10.websocket.servlet"
                    + ".WebSocketUpgradeFilter (or ee11), named like its class, and map it to /* after this one; "
                    + "otherwise Jetty upgrades before the gate decides");
        }
    }

    private static boolean isAfter(ServletContext context, String gate) throws ServletException {
        try (@Nullable InputStream descriptor = context.getResourceAsStream(DESCRIPTOR)) {
            return descriptor != null && FilterOrder.read(descriptor).isUpgradeAfter(gate);
        } catch (IOException | XMLStreamException e) {
            throw new ServletException("TK-409 " + DESCRIPTOR + " cannot be read", e);
        }
    }
}
