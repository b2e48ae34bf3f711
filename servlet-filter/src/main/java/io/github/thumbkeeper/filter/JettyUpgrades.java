/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
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
     * Returns the problem if web.xml does not put Jetty's upgrade filter after this one, with the declaration. Returns nothing
     * outside Jetty, and where there are no WebSockets.
     */
    static List<String> problems(FilterConfig config) {
        ServletContext context = config.getServletContext();
        String server = context.getServerInfo();
        if (server == null
                || !server.startsWith("jetty/")
                || context.getAttribute("jakarta.websocket.server.ServerContainer") == null) {
            return List.of();
        }
        try {
            return isAfter(context, String.valueOf(config.getFilterName()))
                    ? List.of()
                    : List.of("TK-409 filter [" + config.getFilterName() + "]: on Jetty with WebSockets "
                            + DESCRIPTOR + " must declare the filter org.eclipse.jetty.ee10.websocket.servlet"
                            + ".WebSocketUpgradeFilter (or ee11), named like its class, and map it to /* after this one; "
                            + "otherwise Jetty upgrades before the gate decides");
        } catch (IOException | XMLStreamException e) {
            return List.of("TK-409 " + DESCRIPTOR + " cannot be read, so that the order of its filters is not known ("
                    + e.getClass().getSimpleName() + "); expected a web.xml of the servlet specification");
        }
    }

    private static boolean isAfter(ServletContext context, String gate) throws IOException, XMLStreamException {
        try (@Nullable InputStream descriptor = context.getResourceAsStream(DESCRIPTOR)) {
            return descriptor != null && FilterOrder.read(descriptor).isUpgradeAfter(gate);
        }
    }
}
