/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.io.File;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.core.StandardService;

/** The containers and one connector of a Tomcat that is never started. */
final class TestServer {

    final StandardEngine engine = new StandardEngine();
    final StandardHost host = new StandardHost();
    final Connector connector = new Connector("HTTP/1.1");
    final StandardService service = new StandardService();

    TestServer() {
        StandardServer server = new StandardServer();
        server.setCatalinaBase(new File(".").getAbsoluteFile());
        service.setName("test");
        engine.setName("test");
        host.setName("localhost");
        engine.addChild(host);
        service.setContainer(engine);
        service.addConnector(connector);
        server.addService(service);
    }

    /** Adds an application. */
    StandardContext context(String name) {
        StandardContext context = new StandardContext();
        context.setName(name);
        context.setPath(name);
        host.addChild(context);
        return context;
    }

    /** Returns a request for an application, on the connector. */
    TestRequest request(Context context) {
        return new TestRequest(connector, context);
    }
}
