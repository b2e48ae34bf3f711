/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A domain of GlassFish or a derived server, set up by the module's {@code thumbkeeper.asadmin}. */
public final class GlassFishDomain {

    private static final String NAME = "thumbkeeper";
    private static final char[] PASSWORD = Site.PASSWORD.toCharArray();
    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.";

    private final Site site;
    private final Path folder;
    private final int admin;

    private GlassFishDomain(Site site) {
        this.site = site;
        this.folder = site.home().resolve("glassfish/domains/" + NAME);
        this.admin = site.freePort("admin");
    }

    /** Creates the domain again, and leaves it stopped. */
    public static void create(Site site) throws IOException, InterruptedException, GeneralSecurityException {
        GlassFishDomain domain = new GlassFishDomain(site);
        Site.delete(domain.folder);
        domain.asadmin(List.of(
                "create-domain",
                "--nopassword",
                "--adminport",
                String.valueOf(domain.admin),
                "--instanceport",
                String.valueOf(site.http()),
                "--domainproperties",
                domain.ports(),
                NAME));
        domain.addFiles();
        domain.configure();
    }

    private void addFiles() throws IOException, GeneralSecurityException {
        Files.copy(site.jar("filter"), folder.resolve("lib/thumbkeeper-filter.jar"));
        String provider = "security.provider." + (Security.getProviders().length + 1);
        Files.writeString(
                site.folder().resolve("java.security"),
                site.setup("java.security").replace("security.provider.13", provider));
        Path p12 = folder.resolve("config/keystore.p12");
        Path file = Files.exists(p12) ? p12 : folder.resolve("config/keystore.jks");
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
        store.setKeyEntry(
                "key", Site.SERVER.privateKey(), PASSWORD, Site.SERVER.chain().toArray(X509Certificate[]::new));
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
    }

    private void configure() throws IOException, InterruptedException {
        Path script = site.folder().resolve("thumbkeeper.asadmin");
        Files.writeString(
                script,
                site.setup("thumbkeeper.asadmin")
                        + "set " + LISTENER + "http-listener-1.address=127.0.0.1\n"
                        + "set " + LISTENER + "http-listener-2.address=127.0.0.1\n"
                        + "set " + LISTENER + "admin-listener.address=127.0.0.1\n"
                        + "create-jvm-options -XX\\\\:SoftRefLRUPolicyMSPerMB=0\n");
        asadmin(List.of("start-domain", NAME));
        try {
            asadmin(List.of("multimode", "--file", script.toString()));
        } finally {
            asadmin(List.of("stop-domain", NAME));
        }
    }

    private void asadmin(List<String> command) throws IOException, InterruptedException {
        Stream<String> start = Stream.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar",
                site.home().resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                "--user",
                "admin",
                "--port",
                String.valueOf(admin),
                "--interactive=false");
        String printed = Tool.run(
                site.home(), Map.of(), Stream.concat(start, command.stream()).toArray(String[]::new));
        // After a failed command of a file the next ones still run.
        if (printed.contains("failed.")) {
            throw new IOException(printed);
        }
    }

    private String ports() {
        return "http.ssl.port=" + site.https() + ":jms.port=" + site.freePort("jms") + ":orb.listener.port="
                + site.freePort("orb") + ":orb.ssl.port=" + site.freePort("orb.ssl") + ":orb.mutualauth.port="
                + site.freePort("orb.mutual") + ":domain.jmxPort=" + site.freePort("jmx") + ":osgi.shell.telnet.port="
                + site.freePort("osgi") + ":java.debugger.port=" + site.freePort("debugger");
    }
}
