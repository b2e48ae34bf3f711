/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import static io.github.thumbkeeper.springboot.RunningApplication.ALICE;
import static io.github.thumbkeeper.springboot.RunningApplication.BOB;
import static io.github.thumbkeeper.springboot.RunningApplication.BOB_AS_ALICE;
import static io.github.thumbkeeper.springboot.RunningApplication.MALLORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationContextException;

class SpringBootIT {

    enum FrontEnd {
        FILTER(FilterRecipe.class),
        VALVE(ValveRecipe.class);

        final Class<?> recipe;

        FrontEnd(Class<?> recipe) {
            this.recipe = recipe;
        }
    }

    private static final String AS_ALICE = "security=alice servlet=alice authorities=[ROLE_orders]";
    private static final String AS_BOB = "security=bob servlet=bob authorities=[]";
    private static final String AS_NOBODY = "security=anonymousUser servlet=nobody authorities=[ROLE_ANONYMOUS]";

    private static final Map<FrontEnd, RunningApplication> APPLICATIONS = new EnumMap<>(FrontEnd.class);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@TempDir Path filter, @TempDir Path valve) throws Exception {
        APPLICATIONS.put(
                FrontEnd.FILTER,
                new RunningApplication(filter, Map.of(), SecurityRecipe.class, FrontEnd.FILTER.recipe));
        APPLICATIONS.put(
                FrontEnd.VALVE, new RunningApplication(valve, Map.of(), SecurityRecipe.class, FrontEnd.VALVE.recipe));
    }

    @AfterAll
    static void stop() {
        APPLICATIONS.values().forEach(RunningApplication::close);
    }

    @ParameterizedTest
    @EnumSource
    void admitsWithNameAndRoles(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);

        assertThat(application.get("/who", ALICE, null).body()).isEqualTo(AS_ALICE);
        assertThat(application.get("/who", BOB, null).body()).isEqualTo(AS_BOB);
    }

    @ParameterizedTest
    @EnumSource
    void refusesUnlistedCertificateAndNone(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);

        assertThat(application.get("/who", MALLORY, null).statusCode()).isEqualTo(401);
        assertThat(application.get("/who", null, null).statusCode()).isEqualTo(401);
        assertThat(application.get("/error", null, null).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void methodSecurityRefusesWithoutRole(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/orders", ALICE, cookie).body()).isEqualTo("orders");
        assertThat(application.get("/orders", BOB, null).statusCode()).isEqualTo(403);
        assertThat(application.get("/orders", BOB, cookie).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void cookieOfAliceDoesNotMakeBobAlice(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/who", BOB, cookie).body()).isEqualTo(AS_BOB);
        assertThat(application.get("/public/who", BOB, cookie).body()).isEqualTo(AS_NOBODY);
        assertThat(application.get("/callable", BOB, cookie).body()).isEqualTo(AS_BOB);
        assertThat(application.get("/dispatched", BOB, cookie).body()).isEqualTo(AS_BOB);
        assertThat(application.get("/who", ALICE, cookie).body()).isEqualTo(AS_ALICE);
    }

    @ParameterizedTest
    @EnumSource
    void cookieAloneIsRefused(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/who", null, cookie).statusCode()).isEqualTo(401);
        assertThat(application.get("/who", MALLORY, cookie).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void cookieAloneGivesNoUserOnExcludedPath(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/public/who", null, cookie).body()).isEqualTo(AS_NOBODY);
        assertThat(application.get("/public/who", MALLORY, cookie).body()).isEqualTo(AS_NOBODY);
    }

    @ParameterizedTest
    @EnumSource
    void chainThatTrustsSessionsFindsNoUser(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/public/sessions/who", null, cookie).body()).isEqualTo(AS_NOBODY);
    }

    @ParameterizedTest
    @EnumSource
    void sessionContainsOnlyTheApplicationsData(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(application.get("/basket", ALICE, cookie).body()).isEqualTo("basket=apples attributes=[basket]");
    }

    @ParameterizedTest
    @EnumSource
    void sessionFixedByBobDoesNotBecomeThatOfAlice(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String fixed = application.sessionOf(BOB);

        HttpResponse<String> response = application.get("/session", ALICE, fixed);

        assertThat(response.body()).isEqualTo(AS_ALICE);
        assertThat(application.get("/who", BOB, fixed).body()).isEqualTo(AS_BOB);
        assertThat(application.get("/public/who", null, fixed).body()).isEqualTo(AS_NOBODY);
        assertThat(application.get("/public/sessions/who", null, fixed).body()).isEqualTo(AS_NOBODY);
    }

    @ParameterizedTest
    @EnumSource
    void asynchronousRequestKeepsItsUser(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);

        assertThat(application.get("/callable", ALICE, null).body()).isEqualTo(AS_ALICE);
        assertThat(application.get("/dispatched", ALICE, null).body()).isEqualTo(AS_ALICE);
    }

    @ParameterizedTest
    @EnumSource
    void errorPageSeesUserOfItsRequest(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        String cookie = application.sessionOf(ALICE);

        assertThat(errorPage(application.get("/broken", ALICE, null))).startsWith("security=alice ");
        assertThat(errorPage(application.get("/broken", BOB, cookie))).startsWith("security=bob ");
        // The recipe has error pages for authenticated clients only, and this client has no user.
        assertThat(application.get("/public/broken", null, cookie).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void logoutEndsTheSessionAndNotTheCertificate(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);
        HttpResponse<String> token = application.get("/token", ALICE, null);
        String cookie = RunningApplication.cookie(token);
        application.get("/session", ALICE, cookie);

        HttpResponse<String> response = application.post("/logout", "_csrf=" + token.body(), ALICE, cookie);

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(application.get("/basket", ALICE, cookie).body()).isEqualTo("basket=null attributes=[]");
        assertThat(application.get("/who", null, cookie).statusCode()).isEqualTo(401);
        assertThat(application.get("/who", ALICE, cookie).body()).isEqualTo(AS_ALICE);
    }

    @ParameterizedTest
    @EnumSource
    void annotateModeGivesAliceToNoOtherClient(FrontEnd frontEnd) throws Exception {
        try (var application =
                new RunningApplication(folder, Map.of("mode", "annotate"), SecurityRecipe.class, frontEnd.recipe)) {
            String cookie = application.sessionOf(ALICE);

            assertThat(application.get("/who", MALLORY, cookie).statusCode()).isEqualTo(403);
            assertThat(application.get("/who", null, cookie).statusCode()).isEqualTo(403);
            assertThat(application.get("/orders", MALLORY, cookie).statusCode()).isEqualTo(403);
            assertThat(application.get("/public/who", MALLORY, cookie).body()).isEqualTo(AS_NOBODY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anonymousClientIsNotAlice(FrontEnd frontEnd) throws Exception {
        try (var application = new RunningApplication(
                folder, Map.of("noCertificate", "anonymous"), SecurityRecipe.class, frontEnd.recipe)) {
            String cookie = application.sessionOf(ALICE);

            assertThat(application.get("/who", null, cookie).statusCode()).isEqualTo(403);
            assertThat(application.get("/who", MALLORY, cookie).statusCode()).isEqualTo(401);
            assertThat(application.get("/public/who", null, cookie).body()).isEqualTo(AS_NOBODY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listedKeyWithSubjectOfAliceIsBob(FrontEnd frontEnd) throws Exception {
        RunningApplication application = APPLICATIONS.get(frontEnd);

        assertThat(application.get("/who", BOB_AS_ALICE, null).body()).isEqualTo(AS_BOB);
        assertThat(application.get("/orders", BOB_AS_ALICE, null).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void roleTakenFromAliceIsGoneInHerSessionToo(FrontEnd frontEnd) throws Exception {
        try (var application = new RunningApplication(
                folder, Map.of("refreshInterval", "1s"), SecurityRecipe.class, frontEnd.recipe)) {
            String cookie = application.sessionOf(ALICE);
            assertThat(application.get("/orders", ALICE, cookie).statusCode()).isEqualTo(200);

            application.replaceList("sha256:" + ALICE.sha256() + " label=alice");

            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (application.get("/orders", ALICE, cookie).statusCode() != 403) {
                assertThat(System.nanoTime()).as("within 30 s").isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
            assertThat(application.get("/who", ALICE, cookie).body())
                    .isEqualTo("security=alice servlet=alice authorities=[]");
        }
    }

    /** Shows the danger that the page warns of. */
    @ParameterizedTest
    @EnumSource
    void x509BelievesTheSubject(FrontEnd frontEnd) throws Exception {
        try (var application =
                new RunningApplication(folder, Map.of("mode", "annotate"), OtherChains.X509.class, frontEnd.recipe)) {
            assertThat(application.get("/who", BOB_AS_ALICE, null).body()).startsWith("security=alice ");
            assertThat(application.get("/who", MALLORY, null).body()).startsWith("security=alice ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void mappableRolesRequireThePrefixToo(FrontEnd frontEnd) throws Exception {
        try (var application = new RunningApplication(
                folder, Map.of("roles", "ROLE_admin"), OtherChains.MappableRoles.class, frontEnd.recipe)) {
            assertThat(application.get("/who", ALICE, null).body())
                    .isEqualTo("security=alice servlet=alice authorities=[ROLE_admin]");
        }
    }

    @ParameterizedTest
    @EnumSource
    void applicationDoesNotStartWithUnknownSetting(FrontEnd frontEnd) {
        assertThatThrownBy(() -> new RunningApplication(
                                folder, Map.of("excludes", "/x"), SecurityRecipe.class, frontEnd.recipe)
                        .close())
                .isInstanceOf(ApplicationContextException.class);
    }

    private static String errorPage(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(500);
        return response.headers().firstValue(Application.ERROR_PAGE).orElse("not shown");
    }
}
