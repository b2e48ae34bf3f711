/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.setup.ApplicationSetup;
import io.github.thumbkeeper.setup.FilterSetup;
import io.github.thumbkeeper.setup.SecurityConstraint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An application as its files declare it. Annotations, fragments and code may declare more.
 *
 * @param name the context path; {@code /} for the root application
 * @param location the folder or WAR file, or null if it is not known
 * @param contexts the Context elements that apply, Tomcat's defaults first
 * @param descriptors the {@code web.xml} files that apply, Tomcat's default first
 */
record TomcatApplication(
        String name, @Nullable Path location, List<XmlElement> contexts, List<XmlElement> descriptors) {

    private static final String FILTER = "io.github.thumbkeeper.filter.ClientCertificateFilter";
    private static final String AUTHENTICATORS = "org.apache.catalina.authenticator.";

    Stream<XmlElement> valves() {
        return contexts.stream().flatMap(each -> each.all("Valve"));
    }

    /** Returns the names of its naming environment, with what declares them. */
    Map<String, XmlElement> names() {
        Map<String, XmlElement> names = new HashMap<>();
        for (XmlElement context : contexts) {
            Stream.of("Resource", "Environment", "ResourceLink")
                    .flatMap(context::all)
                    .forEach(each -> names.put(each.get("name", ""), each));
        }
        descriptors.stream()
                .flatMap(each -> each.all("env-entry"))
                .forEach(each -> names.putIfAbsent(each.textOf("env-entry-name"), each));
        return names;
    }

    /** Returns our filters. */
    List<XmlElement> filters() {
        return descriptors.stream()
                .flatMap(each -> each.all("filter"))
                .filter(each -> each.textOf("filter-class").equals(FILTER))
                .toList();
    }

    FilterSetup mappings(String filter) {
        List<XmlElement> mappings = mappingsOf(filter).toList();
        return FilterSetup.of(filter, texts(mappings, "url-pattern"), texts(mappings, "servlet-name"));
    }

    private Stream<XmlElement> mappingsOf(String filter) {
        return descriptors.stream()
                .flatMap(each -> each.all("filter-mapping"))
                .filter(each -> each.textOf("filter-name").equals(filter));
    }

    private static List<String> texts(List<XmlElement> mappings, String child) {
        return mappings.stream()
                .flatMap(each -> each.all(child))
                .map(each -> each.text().toString())
                .toList();
    }

    boolean hasClientCertLogin() {
        return descriptors.stream()
                        .flatMap(each -> each.deep("auth-method"))
                        .anyMatch(each -> each.text().toString().equalsIgnoreCase("CLIENT-CERT"))
                || valves().anyMatch(each -> each.is("className", AUTHENTICATORS + "SSLAuthenticator"));
    }

    /** Returns whether the container has any login of its own for it. */
    boolean hasLogin() {
        return descriptors.stream()
                .flatMap(each -> each.deep("auth-method"))
                .map(each -> each.text().toString())
                .anyMatch(method -> !method.isEmpty() && !method.equalsIgnoreCase("NONE"));
    }

    List<SecurityConstraint> constraints() {
        return descriptors.stream()
                .flatMap(each -> each.all("security-constraint"))
                .map(each -> new SecurityConstraint(texts(each, "url-pattern"), texts(each, "role-name")))
                .toList();
    }

    private static List<String> texts(XmlElement constraint, String name) {
        return constraint.deep(name).map(each -> each.text().toString()).toList();
    }

    /** Returns whether an authenticator is declared before the first gate; Tomcat adds its own after all declared valves. */
    boolean hasEarlierLogin() {
        return valves().map(each -> each.get("className", ""))
                .takeWhile(name -> !name.equals(TomcatSite.VALVE))
                .anyMatch(name -> name.startsWith(AUTHENTICATORS)
                        && name.endsWith("Authenticator")
                        && !name.endsWith("NonLoginAuthenticator"));
    }

    /**
     * Returns what decides whether it is guarded.
     *
     * @param outerGate whether a valve around it is a gate
     */
    ApplicationSetup setup(boolean outerGate) {
        boolean valve = outerGate || valves().anyMatch(TomcatSite::isGate);
        boolean filter =
                filters().stream().map(each -> each.textOf("filter-name")).anyMatch(this::isOnEveryRequest);
        return new ApplicationSetup(name, hasClientCertLogin(), valve, filter);
    }

    private boolean isOnEveryRequest(String filter) {
        return mappingsOf(filter)
                .filter(each -> each.all("dispatcher").findAny().isEmpty()
                        || each.all("dispatcher")
                                .anyMatch(kind -> kind.text().toString().equals("REQUEST")))
                .flatMap(each -> each.all("url-pattern"))
                .anyMatch(each -> each.text().toString().equals("/*"));
    }

    /** Returns whether an error page is declared for a status, or for every error. */
    boolean hasErrorPage(int status) {
        return descriptors.stream()
                .flatMap(each -> each.all("error-page"))
                .anyMatch(each -> each.textOf("error-code").equals(Integer.toString(status))
                        || (each.textOf("error-code").isEmpty()
                                && each.textOf("exception-type").isEmpty()));
    }
}
