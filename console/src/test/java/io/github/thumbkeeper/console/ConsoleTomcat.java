/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.jspecify.annotations.Nullable;

/**
 * A Tomcat 11 on 127.0.0.1 with TLS, the console at {@code /console}, and the application {@code /app} whose gate reads the list of
 * the console.
 */
final class ConsoleTomcat implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    static final TestCertificate EDITOR =
            TestCertificate.named("CN=Erin Editor").build();
    static final TestCertificate OTHER_EDITOR =
            TestCertificate.named("CN=Oscar Editor").build();
    /** More editors, because requests are limited for each certificate. */
    static final List<TestCertificate> EDITORS = Stream.generate(
                    () -> TestCertificate.named("CN=Another Editor").build())
            .limit(12)
            .toList();

    static final TestCertificate VIEWER =
            TestCertificate.named("CN=Vera Viewer").build();
    static final TestCertificate ROLELESS = TestCertificate.named("CN=Rolf").build();

    static {
        // Tomcat gives each application a level of its own, so the handlers are silenced instead.
        Stream.of(Logger.getLogger("").getHandlers()).forEach(handler -> handler.setLevel(Level.OFF));
        TomcatURLStreamHandlerFactory.disable();
    }

    private static final int PATIENCE_SECONDS = 15;

    private final Tomcat tomcat = new Tomcat();
    private final Path base;
    private final Path list;
    private final Connector https;
    private final Connector http;
    private final Context console;

    ConsoleTomcat() throws IOException {
        base = Files.createTempDirectory("thumbkeeper-console");
        list = Files.createDirectory(base.resolve("clients"));
        Path admins = base.resolve("admins.txt");
        Files.writeString(
                admins,
                "sha256:" + EDITOR.sha256() + " label=erin roles=editor\n"
                        + "sha256:" + OTHER_EDITOR.sha256() + " label=oscar roles=editor\n"
                        + "sha256:" + VIEWER.sha256() + " label=vera roles=viewer\n"
                        + "sha256:" + ROLELESS.sha256() + " label=rolf\n"
                        + EDITORS.stream()
                                .map(each -> "sha256:" + each.sha256() + " label=another roles=editor\n")
                                .collect(Collectors.joining()));
        tomcat.setBaseDir(base.toString());
        tomcat.getHost()
                .setAppBase(Files.createDirectory(base.resolve("webapps")).toString());
        https = connector();
        https.setScheme("https");
        https.setSecure(true);
        https.setProperty("SSLEnabled", "true");
        https.addSslHostConfig(tls());
        http = connector();
        tomcat.setAddDefaultWebXmlToWebapp(false);
        console = tomcat.addWebapp("/console", webapp().toString());
        ((StandardJarScanner) console.getJarScanner()).setScanClassPath(false);
        console.addParameter("admins", admins.toString());
        console.addParameter("list", list.toString());
    }

    private static Path webapp() {
        String exploded = System.getProperty("thumbkeeper.console");
        return Path.of(exploded == null ? "src/main/webapp" : exploded).toAbsolutePath();
    }

    /** Sets or replaces a context parameter of the console; null removes it. */
    ConsoleTomcat with(String parameter, @Nullable String value) {
        console.removeParameter(parameter);
        if (value != null) {
            console.addParameter(parameter, value);
        }
        return this;
    }

    /** Takes the parameters from the file that the page on the console shows. */
    ConsoleTomcat fromFileOfThePage() throws IOException {
        with("admins", null).with("list", null);
        Path conf = Files.createDirectory(base.resolve("conf"));
        Files.copy(base.resolve("admins.txt"), conf.resolve("admins.txt"));
        Files.createDirectory(conf.resolve("clients"));
        Path file = conf.resolve("console.xml");
        try (InputStream in = ConsoleTomcat.class.getResourceAsStream("/setup/console.xml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(file, text.replace("${catalina.base}/thumbkeeper-console.war", webapp().toString()));
        }
        console.setConfigFile(file.toUri().toURL());
        return this;
    }

    /** Adds the guarded application, whose gate reads the list every second. */
    ConsoleTomcat withApplication() throws IOException {
        Context app =
                tomcat.addContext("/app", Files.createTempDirectory(base, "app").toString());
        Tomcat.addServlet(app, "hello", new Hello()).addMapping("/");
        FilterDef filter = new FilterDef();
        filter.setFilterName("clients");
        filter.setFilter(new ClientCertificateFilter(
                Map.of("store", list.toString(), "refreshInterval", "1s", "allowEmptyStore", "true")));
        filter.setFilterClass(ClientCertificateFilter.class.getName());
        app.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("clients");
        map.addURLPattern("/*");
        app.addFilterMap(map);
        return this;
    }

    /** Says hello to the caller. */
    private static final class Hello extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print("hello " + request.getRemoteUser());
        }
    }

    ConsoleTomcat start() throws LifecycleException {
        tomcat.start();
        return this;
    }

    /** Returns whether the console has started. */
    boolean isUp() {
        return console.getState().isAvailable();
    }

    /** The folder of the list. */
    Path list() {
        return list;
    }

    URI uri(String path) {
        return URI.create("https://127.0.0.1:" + https.getLocalPort() + path);
    }

    URI plain(String path) {
        return URI.create("http://127.0.0.1:" + http.getLocalPort() + path);
    }

    int port() {
        return https.getLocalPort();
    }

    static TlsClient client(@Nullable TestCertificate certificate) {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        return certificate == null
                ? builder.build()
                : builder.presenting(certificate).build();
    }

    HttpResponse<String> get(@Nullable TestCertificate certificate, String path)
            throws IOException, InterruptedException {
        return client(certificate).get(uri(path));
    }

    /** Returns the status of a call of the application. */
    int call(TestCertificate certificate) throws IOException, InterruptedException {
        return get(certificate, "/app/").statusCode();
    }

    /** Calls the guarded application, whose gate reads its list before each call, until it answers with this status. */
    void awaitCall(TestCertificate certificate, int status) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        Instant end = Instant.now().plusSeconds(PATIENCE_SECONDS);
        int last;
        do {
            for (ObjectName gate : beans.queryNames(new ObjectName("io.github.thumbkeeper:type=Gate,*"), null)) {
                beans.invoke(gate, "refresh", null, null);
            }
            last = call(certificate);
        } while (last != status && Instant.now().isBefore(end));
        assertThat(last).isEqualTo(status);
    }

    /** Returns the token on a page. */
    String token(TestCertificate certificate) throws IOException, InterruptedException {
        return field(get(certificate, "/console/explain").body(), "token");
    }

    /** Returns the value of the first field of a form with this name. */
    static String field(String page, String name) {
        Matcher matcher = Pattern.compile("name=\"" + Pattern.quote(name) + "\" value=\"([^\"]*)\"")
                .matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("no field " + name + " in " + page);
        }
        return matcher.group(1).replace("&#34;", "\"").replace("&#43;", "+").replace("&amp;", "&");
    }

    /** Builds a POST of a form as a page of the console sends it. */
    HttpRequest.Builder form(String path, Map<String, String> fields) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.length() == 0 ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", "https://127.0.0.1:" + port())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    /** Sends a form with a token. */
    HttpResponse<String> post(TestCertificate certificate, String path, Map<String, String> fields)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put("token", token(certificate));
        return client(certificate).send(form(path, all).build());
    }

    /** Uploads content as a file with this name. */
    HttpResponse<String> upload(TestCertificate certificate, String fileName, byte[] content, String password)
            throws IOException, InterruptedException {
        return upload(certificate, fileName, password, List.of(content));
    }

    /** Uploads several files in one request. */
    HttpResponse<String> upload(TestCertificate certificate, String fileName, String password, List<byte[]> contents)
            throws IOException, InterruptedException {
        String boundary = "----boundary7MA4YWxkTrZu0gW";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write((part(boundary, "token", token(certificate)) + part(boundary, "password", password))
                .getBytes(StandardCharsets.UTF_8));
        for (byte[] content : contents) {
            body.write(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                            + fileName.replace("\"", "%22") + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.write(content);
            body.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return client(certificate)
                .send(HttpRequest.newBuilder(uri("/console/upload"))
                        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                        .header("Origin", "https://127.0.0.1:" + port())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build());
    }

    private static String part(String boundary, String name, String value) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    /** Uploads a certificate and adds it under a label. */
    HttpResponse<String> add(TestCertificate editor, TestCertificate client, String label)
            throws IOException, InterruptedException {
        String preview = upload(editor, "partner.pem", client.pem().getBytes(StandardCharsets.US_ASCII), "")
                .body();
        return post(
                editor,
                "/console/add",
                Map.of(
                        "version", field(preview, "version"),
                        "item.0", field(preview, "item.0"),
                        "take.0", "1",
                        "label.0", label,
                        "roles", "",
                        "from", "",
                        "until", ""));
    }

    @Override
    public void close() throws LifecycleException, IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } finally {
            System.clearProperty(Globals.CATALINA_HOME_PROP);
            System.clearProperty(Globals.CATALINA_BASE_PROP);
            try (Stream<Path> files = Files.walk(base)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private Connector connector() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.getService().addConnector(connector);
        return connector;
    }

    private static SSLHostConfig tls() {
        SSLHostConfig config = new SSLHostConfig();
        config.setProtocols("TLSv1.3+TLSv1.2");
        config.setCertificateVerification("optional");
        config.setTrustManagerClassName(AnyClient.class.getName());
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(config, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystore(SERVER.keyStore(PASSWORD));
        certificate.setCertificateKeystorePassword(PASSWORD);
        config.addCertificate(certificate);
        return config;
    }

    /** Accepts each client certificate: the gates decide. */
    public static final class AnyClient extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
