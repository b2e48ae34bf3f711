/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Common parts of the tests on stock Tomcats: the packaged jars, and curl as the client. */
final class StockSite {

    static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();

    private StockSite() {}

    /** Prepares a Tomcat with the packaged valve in its lib, a server certificate, and this server.xml; skips the test without curl. */
    static StockTomcat.Builder prepared(int line, String serverXml) throws IOException {
        OutsideProgram.CURL.path();
        return StockTomcat.line(line)
                .serverXml(serverXml)
                .lib(jar("thumbkeeper.valve.jar"))
                .file("conf/server.pem", SERVER.pem())
                .file("conf/server-key.pem", SERVER.privateKeyPem());
    }

    /** The jar that this system property names. */
    static Path jar(String property) {
        Path jar = Path.of(System.getProperty(property, "no jar was handed over: run this test with Maven"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(property + ": " + jar);
        }
        return jar;
    }

    /** Adds the files that curl needs to present this certificate. */
    static void addClient(StockTomcat.Builder builder, String name, TestCertificate certificate) throws IOException {
        builder.file("clients/" + name + ".pem", certificate.pem())
                .file("clients/" + name + "-key.pem", certificate.privateKeyPem());
    }

    /** Sends a request with the certificate of an added client, or with none; the body includes the head. */
    static Curl.Answer ask(StockTomcat tomcat, URI uri, @Nullable String client, String... options)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--include");
        if (client != null) {
            all.addAll(
                    List.of("--cert", tomcat.file("clients/" + client + ".pem").toString()));
            all.addAll(List.of(
                    "--key", tomcat.file("clients/" + client + "-key.pem").toString()));
        }
        return Curl.get(uri, tomcat.file("conf/server.pem"), all.toArray(String[]::new));
    }

    /** A server.xml with these elements of GlobalNamingResources, and these services. */
    static String serverXml(String resources, String... services) {
        return "<Server port=\"-1\">\n<GlobalNamingResources>" + resources + "</GlobalNamingResources>\n"
                + String.join("\n", services) + "\n</Server>\n";
    }

    /** A service with this connector, and these valves of the Engine and of the Host. */
    static String service(String name, String appBase, String connector, String engineValve, String hostValve) {
        return "<Service name=\"" + name + "\">\n" + connector + "\n<Engine name=\"" + name
                + "\" defaultHost=\"localhost\">\n" + engineValve + "\n<Host name=\"localhost\" appBase=\"" + appBase
                + "\">\n" + hostValve + "\n</Host>\n</Engine>\n</Service>";
    }

    /** An application of one file, {@code index.txt}. */
    static Map<String, String> hello() {
        return Map.of("index.txt", "hello\n");
    }
}
