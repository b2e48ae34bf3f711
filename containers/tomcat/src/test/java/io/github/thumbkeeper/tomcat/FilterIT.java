/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The behaviour of the filter alone. */
class FilterIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final Map<String, String> LISTS_ALICE = Map.of("thumbprints", ALICE.sha256());

    private final GuardedTomcat server;

    @TempDir
    private Path folder;

    FilterIT() throws IOException {
        server = new GuardedTomcat();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void warnsOfAPatternThatLeavesPathsOpen() throws Exception {
        FilterMap mapping = new FilterMap();
        mapping.addURLPattern("/orders/*");
        add(server.context(), new ClientCertificateFilter(LISTS_ALICE), mapping);
        server.start();

        assertThat(get(null, "/orders/1").statusCode()).isEqualTo(401);
        assertThat(get(null, "/x").statusCode()).isEqualTo(200);
        assertThat(warnings("TK-405")).singleElement().asString().contains("[gate]", "[/orders/*]", "map it to /*");
        assertThat(warnings("TK-406")).isEmpty();
    }

    @Test
    void warnsOfAMappingByServletName() throws Exception {
        FilterMap mapping = new FilterMap();
        mapping.addServletName(GuardedApp.Echo.class.getName() + "/*");
        add(server.context(), new ClientCertificateFilter(LISTS_ALICE), mapping);
        server.start();

        assertThat(get(null, "/x").statusCode()).isEqualTo(401);
        assertThat(warnings("TK-406")).singleElement().asString().contains("Echo/*", "map it to /*");
        assertThat(warnings("TK-405")).hasSize(1);
    }

    @Test
    void doesNotWarnWhenItIsMappedToEveryPath() throws Exception {
        add(server.context(), new ClientCertificateFilter(LISTS_ALICE), everything());
        server.start();

        assertThat(get(ALICE, "/x").body()).contains("user=sha256:" + ALICE.sha256());
        assertThat(get(MALLORY, "/x").statusCode()).isEqualTo(401);
        assertThat(server.log().messages()).noneMatch(line -> line.startsWith("TK-40") && !line.startsWith("TK-400"));
    }

    /** The first rule: while no gate is running, every request gets 503 and the application is not called. */
    @Test
    void answers503BeforeTheStartAndAfterTheEnd() throws Exception {
        Holder holder = new Holder(new ClientCertificateFilter(LISTS_ALICE));
        add(server.context(), holder, everything());
        server.start();

        assertUnavailable(get(ALICE, "/x"));
        holder.gate.init(holder.config());
        assertThat(get(ALICE, "/x").body()).contains("app REQUEST");
        holder.gate.destroy();
        assertUnavailable(get(ALICE, "/x"));
        holder.gate.destroy();
        assertUnavailable(get(ALICE, "/x"));
    }

    @Test
    void answers503AfterAFailedStart() throws Exception {
        Holder holder = new Holder(new ClientCertificateFilter(Map.of("thumbprint", ALICE.sha256())));
        add(server.context(), holder, everything());
        server.start();

        assertThat(failure(holder)).contains("TK-202", "did you mean [thumbprints]?");
        assertUnavailable(get(ALICE, "/x"));
    }

    @Test
    void refusesASettingInBothPlaces() throws Exception {
        FilterDef definition =
                add(server.context(), new Holder(new ClientCertificateFilter(LISTS_ALICE)), everything());
        definition.addInitParameter("thumbprints", MALLORY.sha256());
        server.start();

        assertThat(failure((Holder) definition.getFilter()))
                .contains("TK-201", "thumbprints", "given twice")
                .doesNotContain(MALLORY.sha256());
    }

    @Test
    void addsInitParametersToTheSettingsOfTheConstructor() throws Exception {
        FilterDef definition = add(server.context(), new ClientCertificateFilter(LISTS_ALICE), everything());
        definition.addInitParameter("denyStatus", "403");
        server.start();

        assertThat(get(ALICE, "/x").statusCode()).isEqualTo(200);
        assertThat(get(MALLORY, "/x").statusCode()).isEqualTo(403);
    }

    @Test
    void readsADirectoryWithinTheApplication() throws Exception {
        Path clients = Files.createDirectories(Path.of(server.context().getDocBase(), "WEB-INF", "clients"));
        ALICE.writePem(clients.resolve("alice.pem"));
        Map<String, String> settings = Map.of("store", "/WEB-INF/clients", "refreshInterval", "1s");
        server.start(FrontEnd.FILTER, settings);

        assertThat(get(ALICE, "/x").body()).contains("user=alice ");
        assertThat(get(MALLORY, "/x").statusCode()).isEqualTo(401);

        MALLORY.writePem(clients.resolve("mallory.pem"));
        Eventually.that("mallory is admitted", () -> get(MALLORY, "/x").statusCode() == 200);
    }

    @Test
    void refusesARelativePath() throws Exception {
        Holder holder = new Holder(new ClientCertificateFilter(Map.of("store", "clients/alice.pem")));
        add(server.context(), holder, everything());
        server.start();

        assertThat(failure(holder))
                .contains("store", "[clients/alice.pem]", "is relative; expected an absolute path or /WEB-INF/...");
    }

    @Test
    void refusesRequestsOtherThanHttp() throws Exception {
        ClientCertificateFilter gate = new ClientCertificateFilter(LISTS_ALICE);
        AtomicReference<String> problem = new AtomicReference<>();
        Holder holder = new Holder(gate) {
            @Override
            public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                    throws IOException {
                try {
                    gate.doFilter(new ServletRequestWrapper(request), response, chain);
                } catch (ServletException e) {
                    problem.set(e.getMessage());
                }
            }
        };
        add(server.context(), holder, everything());
        server.start();
        gate.init(holder.config());

        assertThat(get(ALICE, "/x").body()).isEmpty();
        assertThat(problem).hasValue("Thumbkeeper guards HTTP requests only");
    }

    /** An include is a part of another servlet's response: a refusal writes nothing. */
    @Test
    void writesNothingForARefusalInAnInclude() throws Exception {
        server.start(FrontEnd.FILTER, Map.of("thumbprints", ALICE.sha256(), "exclude", "/go/*"));

        HttpResponse<String> without = get(null, "/go/include?to=/x");
        HttpResponse<String> with = get(ALICE, "/go/include?to=/x");

        assertThat(without.statusCode()).isEqualTo(200);
        assertThat(without.body()).isEqualTo("before\nafter\n");
        assertThat(without.headers().firstValue("www-authenticate")).isEmpty();
        assertThat(with.body()).startsWith("before\napp INCLUDE user=sha256:").endsWith("after\n");
    }

    @Test
    void endsItsThreadWithTheApplication() throws Exception {
        server.start(FrontEnd.FILTER, LISTS_ALICE);
        assertThat(refreshThreads()).hasSize(1).allMatch(Thread::isDaemon);

        server.context().stop();

        Eventually.that("the thread has ended", () -> refreshThreads().isEmpty());
    }

    /** bad-input 75, 151: the filter's own classes come and go with the application, from WEB-INF/lib. */
    @Test
    void leaksNoClassLoaderAndNoThreadAfterManyDeployments() throws Exception {
        server.start(FrontEnd.VALVE, LISTS_ALICE);
        Path store = Files.createDirectory(folder.resolve("clients"));
        ALICE.writePem(store.resolve("alice.pem"));
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

        for (int i = 0; i < 20; i++) {
            loaders.add(deployUseAndUndeploy(store));
        }

        assertThat(loaders).hasSize(20);
        // Java 17 itself remembers the last record class whose equals was linked; this takes its place.
        assertThat(new Last("x", 1)).isEqualTo(new Last("x", 1));
        Eventually.that("all class loaders are gone", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.refersTo(null));
        });
        assertThat(refreshThreads()).as("that of the valve").hasSize(1);
    }

    private record Last(String text, Object object) {}

    private WeakReference<ClassLoader> deployUseAndUndeploy(Path store) throws Exception {
        Path application = Files.createTempDirectory(folder, "application");
        Path jar = Path.of(System.getProperty("thumbkeeper.filter.jar"));
        Files.copy(
                jar, Files.createDirectories(application.resolve("WEB-INF/lib")).resolve("filter.jar"));
        StandardContext context = new StandardContext();
        context.setName("/again");
        context.setPath("/again");
        context.setDocBase(application.toString());
        context.addLifecycleListener(new Tomcat.FixContextListener());
        server.tomcat().addServlet(context, "/*", new GuardedApp.Echo());
        FrontEnd.FILTER.guard(context, Map.of("store", store.toString(), "refreshInterval", "1s"));
        server.tomcat().host().addChild(context);
        ClassLoader loader = context.getLoader().getClassLoader();
        assertThat(loader.loadClass(ClientCertificateFilter.class.getName()).getClassLoader())
                .isSameAs(loader);

        assertThat(call(ALICE, "/again/x").body()).contains("user=alice ");
        assertThat(call(MALLORY, "/again/x").statusCode()).isEqualTo(401);
        assertThat(call(null, "/again/x").statusCode()).isEqualTo(401);

        server.tomcat().host().removeChild(context);
        return new WeakReference<>(loader);
    }

    private HttpResponse<String> call(@Nullable TestCertificate certificate, String path) throws Exception {
        return GuardedTomcat.client(certificate).get(server.tomcat().https(path));
    }

    private HttpResponse<String> get(@Nullable TestCertificate certificate, String path) throws Exception {
        return call(certificate, "/app" + path);
    }

    private List<String> warnings(String code) {
        return server.log().messages().stream()
                .filter(line -> line.startsWith(code))
                .toList();
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("TK-300").doesNotContain("app REQUEST");
    }

    private static String failure(Holder holder) {
        try {
            holder.gate.init(holder.config());
        } catch (ServletException e) {
            return String.valueOf(e.getCause().getMessage());
        }
        throw new AssertionError("the filter has started");
    }

    private static List<Thread> refreshThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("thumbkeeper-re"))
                .toList();
    }

    private static FilterMap everything() {
        FilterMap mapping = new FilterMap();
        mapping.addURLPattern("/*");
        return mapping;
    }

    private static FilterDef add(Context context, Filter filter, FilterMap mapping) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilterClass(filter.getClass().getName());
        definition.setFilter(filter);
        context.addFilterDef(definition);
        mapping.setFilterName("gate");
        context.addFilterMap(mapping);
        return definition;
    }

    /** Keeps the container from initialising the filter, and still passes requests to it. */
    private static class Holder implements Filter {
        final ClientCertificateFilter gate;
        private @Nullable FilterConfig config;

        Holder(ClientCertificateFilter gate) {
            this.gate = gate;
        }

        FilterConfig config() {
            if (config == null) {
                throw new IllegalStateException("the application has not started");
            }
            return config;
        }

        @Override
        public void init(FilterConfig given) {
            config = given;
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            gate.doFilter(request, response, chain);
        }

        @Override
        public void destroy() {
            gate.destroy();
        }
    }
}
