/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.security.Principal;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.tomcat.websocket.server.Constants;
import org.apache.tomcat.websocket.server.WsSci;

/** An endpoint at {@code /socket} that greets the user by name and closes. */
public final class WebSocketApp extends Endpoint {

    /** Called by the container. */
    public WebSocketApp() {}

    static void install(Context context) {
        context.addServletContainerInitializer(new WsSci(), Set.of());
        context.addServletContainerInitializer(
                (classes, application) -> {
                    Object container = application.getAttribute(Constants.SERVER_CONTAINER_SERVLET_CONTEXT_ATTRIBUTE);
                    try {
                        ((ServerContainer) container)
                                .addEndpoint(ServerEndpointConfig.Builder.create(WebSocketApp.class, "/socket")
                                        .build());
                    } catch (DeploymentException e) {
                        throw new ServletException(e);
                    }
                },
                Set.of());
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        Principal user = session.getUserPrincipal();
        try {
            session.getBasicRemote().sendText("hello " + (user == null ? "nobody" : user.getName()));
            session.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
