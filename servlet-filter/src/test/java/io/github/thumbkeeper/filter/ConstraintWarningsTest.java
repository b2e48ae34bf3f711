/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.ServletSecurity.EmptyRoleSemantic;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayInputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConstraintWarningsTest {

    private static final String ADMIN = constraint(
            "<url-pattern>/admin/*</url-pattern>", "<auth-constraint><role-name>admin</role-name></auth-constraint>");

    private static String constraint(String patterns, String rest) {
        return "<security-constraint><display-name>x</display-name><web-resource-collection>"
                + "<web-resource-name>all</web-resource-name>" + patterns
                + "<http-method>GET</http-method></web-resource-collection>" + rest + "</security-constraint>";
    }

    private static String login(String method) {
        return "<login-config><auth-method>" + method + "</auth-method><realm-name>x</realm-name></login-config>";
    }

    static List<Arguments> warned() {
        return List.of(
                Arguments.of("a constraint", ADMIN, "on [/admin/*] for the roles [admin]:"),
                Arguments.of("auth-method NONE", ADMIN + login("NONE"), "on [/admin/*] for the roles [admin]:"),
                Arguments.of("an empty auth-method", ADMIN + login(" "), "on [/admin/*] for the roles [admin]:"),
                Arguments.of(
                        "a realm without a method",
                        ADMIN + "<login-config><realm-name>x</realm-name></login-config>",
                        "on [/admin/*] for the roles [admin]:"),
                Arguments.of(
                        "several patterns and roles, with line breaks",
                        constraint(
                                "<url-pattern>\n /a\n</url-pattern><url-pattern>/b/*</url-pattern>",
                                "<auth-constraint><description>x</description><role-name> r </role-name>"
                                        + "<role-name>s</role-name></auth-constraint>"),
                        "on [/a, /b/*] for the roles [r, s]:"),
                Arguments.of(
                        "every user",
                        constraint(
                                "<url-pattern>/*</url-pattern>",
                                "<auth-constraint><role-name>**</role-name></auth-constraint>"),
                        "on [/*] for the roles [**]:"),
                Arguments.of(
                        "two",
                        ADMIN
                                + constraint(
                                        "<url-pattern>/b</url-pattern>",
                                        "<auth-constraint><role-name>b</role-name></auth-constraint>"),
                        "on [/admin/*] for the roles [admin], on [/b] for the roles [b]:"),
                Arguments.of(
                        "many",
                        IntStream.range(0, 12).mapToObj(i -> ADMIN).collect(Collectors.joining()),
                        "on [/admin/*] for the roles [admin] and 2 more:"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("warned")
    void namesTheConstraintAndTheRemedies(String what, String xml, String told) {
        assertThat(warnings(xml, Map.of()))
                .singleElement()
                .asString()
                .startsWith("TK-420 <auth-constraint> on ")
                .contains(told, "ClientCertificateValve", "isUserInRole", "without <auth-constraint>");
    }

    static List<Arguments> silent() {
        return List.of(
                Arguments.of("no constraint", ""),
                Arguments.of("a login", ADMIN + login("BASIC")),
                Arguments.of("a login before the constraint", login("form") + ADMIN),
                Arguments.of("a login by certificate, which TK-417 is about", ADMIN + login("CLIENT-CERT")),
                Arguments.of("nobody may", constraint("<url-pattern>/x</url-pattern>", "<auth-constraint/>")),
                Arguments.of(
                        "only TLS is demanded",
                        constraint(
                                "<url-pattern>/*</url-pattern>",
                                "<user-data-constraint><transport-guarantee>CONFIDENTIAL</transport-guarantee>"
                                        + "</user-data-constraint>")),
                Arguments.of(
                        "roles elsewhere",
                        "<security-role><role-name>admin</role-name></security-role><servlet><servlet-name>s</servlet-name>"
                                + "<security-role-ref><role-name>a</role-name></security-role-ref></servlet>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silent")
    void isSilent(String what, String xml) {
        assertThat(warnings(xml, Map.of())).isEmpty();
    }

    @Test
    void readsAnnotationsOfServlets() {
        Map<String, ServletRegistration> servlets = Map.of("reports", servlet(Reports.class.getName(), "/reports/*"));

        assertThat(warnings("", servlets))
                .singleElement()
                .asString()
                .contains("on [/reports/*] for the roles [auditor, editor]:");
        assertThat(warnings(null, servlets)).as("without web.xml").hasSize(1);
        assertThat(warnings(login("BASIC"), servlets)).isEmpty();
        assertThat(ConstraintWarnings.of(
                        DeploymentDescriptor.of(context("<web-app metadata-complete=\"true\"/>", servlets)),
                        context("", servlets)))
                .isEmpty();
    }

    @Test
    void isSilentAboutServletsWithoutRoles() {
        assertThat(warnings("", Map.of("open", servlet(Open.class.getName(), "/open"))))
                .isEmpty();
        assertThat(warnings("", Map.of("closed", servlet(Closed.class.getName(), "/closed"))))
                .isEmpty();
        assertThat(warnings("", Map.of("unmapped", servlet(Reports.class.getName()))))
                .isEmpty();
    }

    /** A container may not know, or not say, which servlets there are. */
    @Test
    void startsWhateverTheContainerSaysAboutServlets() {
        assertThat(warnings("", Map.of("gone", servlet("no.such.Servlet", "/x"))))
                .isEmpty();
        assertThat(warnings("", Map.of("jsp", servlet(null, "/x")))).isEmpty();
        assertThat(warnings("", null)).isEmpty();
        ServletContext restricted = fake(ServletContext.class, (proxy, method, arguments) -> {
            throw new UnsupportedOperationException();
        });
        DeploymentDescriptor application = DeploymentDescriptor.of(context("", Map.of()));
        assertThat(ConstraintWarnings.of(application, restricted)).isEmpty();
    }

    @ServletSecurity(
            value = @HttpConstraint(rolesAllowed = "auditor"),
            httpMethodConstraints = @HttpMethodConstraint(value = "POST", rolesAllowed = "editor"))
    static class Reports extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    static final class Open extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    @ServletSecurity(@HttpConstraint(EmptyRoleSemantic.DENY))
    static final class Closed extends HttpServlet {
        private static final long serialVersionUID = 1L;
    }

    private static List<String> warnings(@Nullable String xml, @Nullable Map<String, ServletRegistration> servlets) {
        ServletContext context = context(
                xml == null ? null : "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">" + xml + "</web-app>",
                servlets);
        return ConstraintWarnings.of(DeploymentDescriptor.of(context), context);
    }

    private static ServletRegistration servlet(@Nullable String className, String... patterns) {
        return fake(
                ServletRegistration.class,
                (proxy, method, arguments) -> method.getName().equals("getClassName") ? className : List.of(patterns));
    }

    private static ServletContext context(@Nullable String xml, @Nullable Map<String, ServletRegistration> servlets) {
        return fake(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getServletRegistrations" -> servlets;
            case "getClassLoader" -> ConstraintWarningsTest.class.getClassLoader();
            case "getResourceAsStream" ->
                xml == null ? null : new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
