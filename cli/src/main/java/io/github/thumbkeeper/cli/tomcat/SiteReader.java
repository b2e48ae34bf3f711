/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.setup.ApplicationSetup;
import io.github.thumbkeeper.setup.ConnectorSetup;
import io.github.thumbkeeper.setup.FilterSetup;
import io.github.thumbkeeper.setup.SecurityConstraint;
import io.github.thumbkeeper.setup.ValveWarnings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of one Tomcat. Not thread-safe; one reading for each instance. */
final class SiteReader {

    /** Attributes that Tomcat sets by itself, so that the gate never sees them. */
    private static final Set<String> OF_TOMCAT =
            Set.of("className", "throwOnFailure", "asyncSupported", "domain", "container", "next");

    private final Path base;
    private final SiteFiles files;
    private final List<GateSite> gates = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Map<String, XmlElement> global = Map.of();

    SiteReader(Path base) {
        this.base = base;
        this.files = new SiteFiles(TomcatProperties.of(base));
    }

    TomcatSite readBase() {
        files.read(base.resolve("conf").resolve("server.xml")).ifPresent(this::readServer);
        return result();
    }

    TomcatSite readFile(Path file) {
        files.read(file).ifPresent(root -> {
            switch (root.name()) {
                case "Server" -> readServer(root);
                case "Context" ->
                    readApplication(
                            new TomcatApplication(file.toString(), null, List.of(root), List.of()), Surroundings.NONE);
                case "web-app" ->
                    readApplication(
                            new TomcatApplication(file.toString(), applicationOf(file), List.of(), List.of(root)),
                            Surroundings.NONE);
                default ->
                    problems.add("file [" + file + "] begins with <" + root.name()
                            + ">; expected <Server>, <Context> or <web-app>");
            }
        });
        return result();
    }

    private TomcatSite result() {
        List<String> all = new ArrayList<>(files.problems());
        all.addAll(problems);
        return new TomcatSite(gates, all, warnings);
    }

    /** Returns the application of {@code WEB-INF/web.xml}. */
    private static @Nullable Path applicationOf(Path file) {
        Path folder = file.getParent();
        Path name = folder == null ? null : folder.getFileName();
        return folder != null && name != null && name.toString().equals("WEB-INF") ? folder.getParent() : null;
    }

    private void readServer(XmlElement server) {
        Map<String, XmlElement> names = new HashMap<>();
        server.all("GlobalNamingResources")
                .flatMap(each -> Stream.concat(each.all("Resource"), each.all("Environment")))
                .forEach(each -> names.put(each.get("name", ""), each));
        global = names;
        server.all("Service").forEach(this::readService);
    }

    /** A Host with its applications. */
    private record HostFiles(XmlElement host, List<TomcatApplication> applications) {}

    private void readService(XmlElement service) {
        List<TomcatConnector> connectors = service.all("Connector")
                .map(each -> TomcatConnector.of(base, each))
                .toList();
        for (XmlElement engine : service.all("Engine").toList()) {
            List<HostFiles> hosts = engine.all("Host")
                    .map(host -> new HostFiles(host, applications(engine, host)))
                    .toList();
            List<TomcatApplication> all =
                    hosts.stream().flatMap(each -> each.applications().stream()).toList();
            Surroundings around = surroundings(connectors, engine, all);
            readValves(engine, "Engine [" + engine.get("name", "") + "]", around, all);
            for (HostFiles each : hosts) {
                readValves(each.host(), "Host [" + each.host().get("name", "") + "]", around, each.applications());
                for (TomcatApplication application : each.applications()) {
                    readApplication(application, around);
                }
            }
            connectors.forEach(each -> warnings.addAll(each.warnings()));
            warnOfValves(engine, all);
            findUnguarded(connectors, engine, hosts);
        }
    }

    private static Surroundings surroundings(
            List<TomcatConnector> connectors, XmlElement engine, List<TomcatApplication> applications) {
        List<ConnectorSetup> setups =
                connectors.stream().map(TomcatConnector::setup).toList();
        boolean forged = connectors.stream().anyMatch(TomcatConnector::passesUnverified)
                || setups.stream().anyMatch(ConnectorSetup::ajp)
                || allValves(engine, applications)
                        .anyMatch(each -> each.get("className", "").endsWith(".SSLValve")
                                || (TomcatSite.isGate(each) && each.get("certificateHeader") != null));
        return new Surroundings(
                setups,
                connectors.stream().flatMap(each -> each.trustStores().stream()).toList(),
                forged,
                List.of(),
                false);
    }

    private static Stream<XmlElement> allValves(XmlElement engine, List<TomcatApplication> applications) {
        return Stream.of(
                        engine.all("Valve"),
                        engine.all("Host").flatMap(host -> host.all("Valve")),
                        applications.stream().flatMap(TomcatApplication::valves))
                .flatMap(each -> each);
    }

    private void readValves(
            XmlElement container, String place, Surroundings around, List<TomcatApplication> applications) {
        Surroundings here = around.below(logins(applications), false);
        container
                .all("Valve")
                .filter(TomcatSite::isGate)
                .forEach(valve -> gates.add(new GateSite(
                        place,
                        GateSite.Kind.VALVE,
                        settings(valve),
                        OfflineResources.ofValve(base, global, Map.of()),
                        problems(valve),
                        List.of(),
                        here,
                        status -> true)));
    }

    private static List<String> logins(List<TomcatApplication> applications) {
        return applications.stream()
                .filter(TomcatApplication::hasClientCertLogin)
                .map(TomcatApplication::name)
                .toList();
    }

    private void readApplication(TomcatApplication application, Surroundings around) {
        Surroundings here = around.below(logins(List.of(application)), true);
        Map<String, XmlElement> names = application.names();
        application.valves().filter(TomcatSite::isGate).forEach(valve -> {
            List<String> found = new ArrayList<>(problems(valve));
            if (application.hasEarlierLogin()) {
                found.add(ApplicationSetup.earlierLogin(application.name()));
            }
            gates.add(new GateSite(
                    "application [" + application.name() + "]",
                    GateSite.Kind.VALVE,
                    settings(valve),
                    OfflineResources.ofValve(base, global, names),
                    found,
                    List.of(),
                    here,
                    status -> true));
        });
        application.filters().forEach(filter -> addFilter(filter, application, names, here));
    }

    private void addFilter(
            XmlElement filter, TomcatApplication application, Map<String, XmlElement> names, Surroundings here) {
        String name = filter.textOf("filter-name");
        FilterSetup mappings = application.mappings(name);
        List<String> found = new ArrayList<>(mappings.problem().stream().toList());
        Map<String, String> settings = new LinkedHashMap<>();
        filter.all("init-param").forEach(each -> {
            if (settings.put(each.textOf("param-name"), each.textOf("param-value")) != null) {
                found.add("TK-201 " + each.textOf("param-name") + ": is given twice");
            }
        });
        List<String> about = new ArrayList<>(found.isEmpty() ? mappings.warnings() : List.of());
        if (application.hasClientCertLogin()) {
            about.add(FilterSetup.loginBefore());
        }
        if (!application.hasLogin()) {
            SecurityConstraint.unsatisfiable(application.constraints()).ifPresent(about::add);
        }
        Path location = application.location();
        gates.add(new GateSite(
                "filter [" + name + "] of application [" + application.name() + "]",
                GateSite.Kind.FILTER,
                settings,
                OfflineResources.ofFilter(base, location == null ? base : location, global, names),
                found,
                about,
                here,
                application::hasErrorPage));
    }

    private static Map<String, String> settings(XmlElement valve) {
        Map<String, String> settings = new TreeMap<>(valve.attributes());
        settings.keySet().removeAll(OF_TOMCAT);
        return settings;
    }

    private static List<String> problems(XmlElement valve) {
        return valve.is("asyncSupported", "false")
                ? List.of(
                        "TK-204 asyncSupported: [false] would break asynchronous requests, because every request passes"
                                + " through this valve; expected true")
                : List.of();
    }

    private void warnOfValves(XmlElement engine, List<TomcatApplication> applications) {
        warnOf(engine.get("name", ""), engine.all("Valve"));
        engine.all("Host").forEach(host -> warnOf(host.get("name", ""), host.all("Valve")));
        applications.forEach(each -> warnOf(each.name(), each.valves()));
    }

    private void warnOf(String name, Stream<XmlElement> valves) {
        valves.forEach(valve -> {
            String type = valve.get("className", "");
            if (type.equals("org.apache.catalina.valves.SSLValve")) {
                warnings.add(ValveWarnings.sslValve(name));
            } else if (type.equals("org.apache.catalina.valves.RemoteIpValve")
                    && valve.is("requestAttributesEnabled", "false")) {
                warnings.add(ValveWarnings.remoteIpValve(name));
            }
        });
    }

    private void findUnguarded(List<TomcatConnector> connectors, XmlElement engine, List<HostFiles> hosts) {
        if (connectors.stream().noneMatch(TomcatConnector::passesUnverified)) {
            return;
        }
        boolean outermost = engine.all("Valve").anyMatch(TomcatSite::isGate);
        for (HostFiles each : hosts) {
            boolean outer = outermost || each.host().all("Valve").anyMatch(TomcatSite::isGate);
            each.applications().stream()
                    .map(application -> application.setup(outer))
                    .filter(setup -> !setup.isGuarded())
                    .forEach(setup -> problems.add(setup.unguarded()));
        }
    }

    /** Returns the applications of a Host: those of server.xml, of descriptors, and those in its folder. */
    private List<TomcatApplication> applications(XmlElement engine, XmlElement host) {
        Path conf = base.resolve("conf");
        Path descriptors = conf.resolve(engine.get("name", "")).resolve(host.get("name", ""));
        List<XmlElement> defaults = Stream.of(
                        files.read(conf.resolve("context.xml")), files.read(descriptors.resolve("context.xml.default")))
                .flatMap(Optional::stream)
                .toList();
        Path appBase = base.resolve(host.get("appBase", "webapps"));
        Map<String, TomcatApplication> found = new TreeMap<>();
        host.all("Context").forEach(context -> {
            String path = context.get("path", "");
            add(path.isEmpty() ? "/" : path, location(context, appBase, path), context, defaults, host, found);
        });
        for (Path file : SiteFiles.in(descriptors)) {
            String name = stem(file, ".xml");
            if (name != null) {
                files.read(file)
                        .ifPresent(context -> add(
                                contextPath(name), location(context, appBase, name), context, defaults, host, found));
            }
        }
        for (Path each : SiteFiles.in(appBase)) {
            String name = Files.isDirectory(each) ? String.valueOf(each.getFileName()) : stem(each, ".war");
            if (name != null && !name.startsWith(".")) {
                add(contextPath(name), each, null, defaults, host, found);
            }
        }
        return List.copyOf(found.values());
    }

    /** Adds an application, unless one with its path is known: a descriptor wins over the file in the application, a folder over a WAR file. */
    private void add(
            String path,
            Path location,
            @Nullable XmlElement declared,
            List<XmlElement> defaults,
            XmlElement host,
            Map<String, TomcatApplication> found) {
        if (found.containsKey(path)) {
            return;
        }
        List<XmlElement> contexts = new ArrayList<>(defaults);
        if (declared != null) {
            contexts.add(declared);
        } else if (!host.is("deployXML", "false")) {
            files.read(location, "META-INF/context.xml").ifPresent(contexts::add);
        }
        List<XmlElement> webs = new ArrayList<>();
        files.read(base.resolve("conf").resolve("web.xml")).ifPresent(webs::add);
        if (Files.exists(location)) {
            files.read(location, "WEB-INF/web.xml").ifPresent(webs::add);
        }
        found.put(path, new TomcatApplication(path, location, contexts, webs));
    }

    private static Path location(XmlElement context, Path appBase, String name) {
        String docBase = context.get("docBase", name.isEmpty() ? "ROOT" : name.replaceFirst("^/", ""));
        return appBase.resolve(docBase);
    }

    private static @Nullable String stem(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        return name.toLowerCase(Locale.ROOT).endsWith(ending)
                ? name.substring(0, name.length() - ending.length())
                : null;
    }

    /** Returns the context path of a base file name (Tomcat's "Naming"): {@code #} is a slash. */
    private static String contextPath(String name) {
        return name.equals("ROOT") ? "/" : "/" + name.replace('#', '/').replaceFirst("//.*", "");
    }
}
