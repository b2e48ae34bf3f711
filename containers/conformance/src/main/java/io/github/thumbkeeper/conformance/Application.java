/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import io.github.thumbkeeper.conformance.app.DispatchServlet;
import io.github.thumbkeeper.conformance.app.Heap;
import io.github.thumbkeeper.conformance.app.Marker;
import io.github.thumbkeeper.conformance.app.ProbeServlet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;

/** Makes the web applications that the suite deploys. The container's own files come from its module. */
final class Application {

    /** The files that an application needs in some container, in addition to web.xml. */
    private static final String[] DESCRIPTORS = {
        "META-INF/context.xml",
        "WEB-INF/jboss-web.xml",
        "WEB-INF/jboss-deployment-structure.xml",
        "WEB-INF/ibm-web-bnd.xml",
        "WEB-INF/glassfish-web.xml",
        "WEB-INF/payara-web.xml",
        "WEB-INF/jetty-env.xml"
    };

    private static final String LISTENER = "io.github.thumbkeeper.conformance.app.EchoListener";

    /** Not as classes, since the tests of most containers run without the API of WebSockets. */
    private static final List<String> SOCKETS = List.of(
            "io/github/thumbkeeper/conformance/app/EchoListener.class",
            "io/github/thumbkeeper/conformance/app/EchoEndpoint.class",
            "io/github/thumbkeeper/conformance/app/EchoEndpoint$Echo.class");

    private final String name;
    private final Map<String, String> settings = new TreeMap<>();
    private String valve = "";
    private boolean sockets;

    private Application(String name) {
        this.name = name;
    }

    /** Starts an application with this context path, given without the slash. */
    static Application named(String name) {
        return new Application(name);
    }

    Application with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** Puts Tomcat's valve before the application too. */
    Application behindValve(String thumbprints) {
        valve = "<Valve className=\"io.github.thumbkeeper.valve.ClientCertificateValve\" thumbprints=\"" + thumbprints
                + "\"/>";
        return this;
    }

    /** Lets the application answer WebSockets at {@code /socket}. */
    Application withSocket() {
        sockets = true;
        return this;
    }

    /** Makes the application, with the filter in WEB-INF/lib. */
    WebArchive guarded() {
        return unguarded()
                .setWebXML(new StringAsset(webXml(filter())))
                .addAsLibrary(
                        Site.current()
                                .folder()
                                .resolve("thumbkeeper-filter.jar")
                                .toFile(),
                        "thumbkeeper-servlet-filter.jar");
    }

    /** Makes the application without a filter. */
    WebArchive unguarded() {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(ProbeServlet.class, DispatchServlet.class, Heap.class, Marker.class)
                .setWebXML(new StringAsset(webXml("")));
        if (sockets) {
            SOCKETS.forEach(name -> archive.add(new ClassLoaderAsset(name), "WEB-INF/classes/" + name));
        }
        for (String descriptor : DESCRIPTORS) {
            String text = resource("/application/" + descriptor);
            if (text != null) {
                archive.add(
                        new StringAsset(Site.current().fill(text.replace("</Context>", valve + "</Context>"))),
                        descriptor);
            }
        }
        return archive;
    }

    private String filter() {
        StringBuilder parameters = new StringBuilder();
        settings.forEach((setting, value) -> parameters
                .append("    <init-param><param-name>")
                .append(setting)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value></init-param>\n"));
        String behind = resource("/application/filters.xml");
        return required("/web/filter.xml").replace("    <!-- settings -->\n", parameters)
                + (behind == null ? "" : behind);
    }

    private String webXml(String filter) {
        String listener = sockets ? "  <listener><listener-class>" + LISTENER + "</listener-class></listener>\n" : "";
        return required("/web/web.xml")
                .replace("  <!-- filter -->\n", filter)
                .replace("  <!-- listener -->\n", listener);
    }

    private static String required(String name) {
        String text = resource(name);
        if (text == null) {
            throw new IllegalStateException(name + " is not there");
        }
        return text;
    }

    private static @Nullable String resource(String name) {
        try (InputStream in = Application.class.getResourceAsStream(name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
