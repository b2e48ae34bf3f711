/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;

/** Sends back what it gets. */
@ServerEndpoint("/socket")
public final class EchoEndpoint {

    /** Answers one message. */
    @OnMessage
    public String answer(String message) {
        return "echo " + message;
    }
}
