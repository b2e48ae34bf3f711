/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** Registers the endpoint, so that no container has to find it. */
public final class EchoListener implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        Object container = event.getServletContext().getAttribute(ServerContainer.class.getName());
        try {
            ((ServerContainer) container)
                    .addEndpoint(ServerEndpointConfig.Builder.create(EchoEndpoint.class, "/socket")
                            .build());
        } catch (DeploymentException e) {
            throw new IllegalStateException("no WebSocket", e);
        }
    }
}
