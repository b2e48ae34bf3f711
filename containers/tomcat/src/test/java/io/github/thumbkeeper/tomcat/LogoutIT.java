/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The servlet API's login, logout and authenticate: the same with the valve and with the filter. */
class LogoutIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String NOBODY = "user=null remote=null orders=false auth=null";

    private final GuardedTomcat server;

    LogoutIT() throws IOException {
        server = new GuardedTomcat();
        server.context().setRealm(new Users());
        server.tomcat().addServlet(server.context(), "/account/*", new Account());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void logoutRemovesThePrincipal(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "replace");

        assertThat(get(ALICE, "/account/logout")).isEqualTo("done " + NOBODY);
        assertThat(get(ALICE, "/x")).contains("user=sha256:" + ALICE.sha256() + " ", "orders=true auth=CLIENT_CERT");
    }

    @ParameterizedTest(name = "{0}, existingPrincipal={1}, {2}")
    @CsvSource({
        "VALVE, replace, forward",
        "FILTER, replace, forward",
        "VALVE, replace, async",
        "FILTER, replace, async",
        "VALVE, keep, forward",
        "FILTER, keep, forward",
        "VALVE, keep, async",
        "FILTER, keep, async",
        "VALVE, replace, include",
        "FILTER, replace, include",
        "VALVE, replace, async-with",
        "FILTER, replace, async-with"
    })
    void logoutAppliesToTheDispatchesOfTheRequest(FrontEnd frontEnd, String existing, String way) throws Exception {
        start(frontEnd, existing);

        assertThat(get(ALICE, "/account/logout/go/" + way + "?to=/x")).contains(NOBODY);
    }

    @ParameterizedTest
    @EnumSource
    void refusesToReplaceAnIdentityByALogin(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "replace");

        assertThat(get(ALICE, "/account/login"))
                .isEqualTo("ServletException user=sha256:" + ALICE.sha256() + " remote=sha256:" + ALICE.sha256()
                        + " orders=true auth=CLIENT_CERT");
    }

    @ParameterizedTest
    @EnumSource
    void theContainerLogsInAfterALogout(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "replace");

        assertThat(get(ALICE, "/account/logout-login")).startsWith("done user=carol remote=carol orders=false auth=");
        assertThat(get(ALICE, "/account/logout-wrong")).isEqualTo("ServletException " + NOBODY);
        assertThat(get(ALICE, "/account/logout-login/go/forward?to=/x")).contains("user=carol remote=carol ");
        assertThat(get(ALICE, "/account/logout-login/go/async?to=/x")).contains("user=carol remote=carol ");
        assertThat(get(ALICE, "/account/logout-login-logout")).isEqualTo("done " + NOBODY);
    }

    @ParameterizedTest
    @EnumSource
    void authenticateSucceedsForAnAdmittedClient(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "replace");

        assertThat(get(ALICE, "/account/authenticate")).startsWith("true user=sha256:" + ALICE.sha256());
    }

    @ParameterizedTest
    @EnumSource
    void theContainerLogsInAClientThatPassesUnadmitted(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "replace");

        assertThat(get(null, "/account/login")).startsWith("done user=carol remote=carol orders=false auth=");
        assertThat(get(null, "/account/logout")).isEqualTo("done " + NOBODY);
        assertThat(get(null, "/account/login-login")).startsWith("ServletException user=carol");
    }

    private void start(FrontEnd frontEnd, String existing) throws Exception {
        server.start(
                frontEnd,
                Map.of(
                        "thumbprints",
                        ALICE.sha256(),
                        "roles",
                        "orders",
                        "noCertificate",
                        "anonymous",
                        "existingPrincipal",
                        existing));
    }

    private String get(@Nullable TestCertificate certificate, String path) throws Exception {
        return GuardedTomcat.client(certificate).get(server.uri(path)).body().strip();
    }

    /** Does the steps in the path, then reports the user or dispatches the request. */
    private static final class Account extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            String[] path = request.getPathInfo().substring(1).split("/", 2);
            String result = "done";
            try {
                for (String step : path[0].split("-", -1)) {
                    switch (step) {
                        case "logout" -> request.logout();
                        case "login" -> request.login("carol", "secret");
                        case "wrong" -> request.login("carol", "wrong");
                        default -> result = String.valueOf(request.authenticate(response));
                    }
                }
            } catch (ServletException e) {
                result = "ServletException";
            }
            if (path.length > 1) {
                request.getRequestDispatcher("/" + path[1]).forward(request, response);
                return;
            }
            Principal principal = request.getUserPrincipal();
            response.getWriter()
                    .println(result + " user=" + (principal == null ? null : principal.getName()) + " remote="
                            + request.getRemoteUser() + " orders=" + request.isUserInRole("orders") + " auth="
                            + request.getAuthType());
        }
    }

    /** Knows carol. */
    private static final class Users extends RealmBase {
        @Override
        protected @Nullable String getPassword(String username) {
            return username.equals("carol") ? "secret" : null;
        }

        @Override
        protected Principal getPrincipal(String username) {
            return new GenericPrincipal(username, List.of("users"));
        }
    }
}
