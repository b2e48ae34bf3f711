/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;

/** Returns each message. */
public final class EchoEndpoint extends Endpoint {

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(new Echo(session));
    }

    /** A named class, so that containers can read the type of its messages. */
    private static final class Echo implements MessageHandler.Whole<String> {
        private final Session session;

        Echo(Session session) {
            this.session = session;
        }

        @Override
        public void onMessage(String message) {
            session.getAsyncRemote().sendText("echo " + message, result -> {});
        }
    }
}
