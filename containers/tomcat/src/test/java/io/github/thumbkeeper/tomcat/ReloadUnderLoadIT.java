/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.ServletExchange;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.tomcat.StoreStates.State;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.naming.NamingException;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** bad-input 146, 147, 149: whenever a store fails under load, the last good list stays in force for every request. */
@Slow
class ReloadUnderLoadIT {

    private static final int REPLACEMENTS = 200;
    private static final List<State> CYCLE = List.of(State.values());
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final GuardedTomcat server;
    private StoreStates store;

    @TempDir
    private Path folder;

    ReloadUnderLoadIT() throws IOException {
        server = new GuardedTomcat();
    }

    @BeforeEach
    void prepare() throws Exception {
        store = new StoreStates(folder, ALICE, BOB);
        store.rename(State.LISTS_ONE, 0);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /**
     * The gate reads each replacement before the next one. The shortest interval of valve and filter is a second, so a filter
     * of this test asks the gate, and the test refreshes it.
     */
    @Test
    void keepsTheLastGoodListThroughTwoHundredReplacements() throws Exception {
        Gate gate = openGate();
        guard(server.context(), gate);
        server.start();
        boolean bobIsListed = false;
        try (Load load = load();
                RawConnection bob = server.connect(BOB)) {
            for (int round = 0; round < REPLACEMENTS; round++) {
                State state = CYCLE.get(round % CYCLE.size());
                int failuresBefore = failures().size();
                replace(state, round, gate);
                int failuresNow = failures().size();

                assertThat(gate.refresh()).isFalse();
                assertThat(gate.refresh()).isFalse();
                assertThat(failures()).as("%s is logged once", state).hasSize(failuresNow);
                assertThat(failuresNow > failuresBefore || state.isGood())
                        .as("%s is logged", state)
                        .isTrue();
                bobIsListed = state.isGood() ? state == State.LISTS_BOTH : bobIsListed;
                assertThat(bob.get("/app/x").status())
                        .as("round %d: %s", round, state)
                        .isEqualTo(bobIsListed ? 200 : 401);
                assertThat(load.wrong()).isEmpty();
            }
            assertThat(load.answers()).isGreaterThan(32L * 20);
        }
        assertEachFailureIsLoggedOnce();
    }

    /** The same with the front ends' own refresh, every second, at any moment of a replacement. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void keepsTheLastGoodListWheneverItRefreshes(FrontEnd frontEnd) throws Exception {
        server.start(frontEnd, settings("1s"));
        try (Load load = load()) {
            for (State state : CYCLE) {
                int failuresBefore = failures().size();
                store.overwrite(state, 0, () -> {});
                if (!state.isGood()) {
                    Eventually.that(state + " is logged", () -> failures().size() > failuresBefore);
                }
            }
            store.rename(State.LISTS_BOTH, 1);
            try (RawConnection bob = server.connect(BOB)) {
                Eventually.that("the last one is good", () -> bob.get("/app/x").status() == 200);
            }
            assertThat(load.wrong()).isEmpty();
            assertThat(load.answers()).isGreaterThan(32L * 20);
        }
        assertEachFailureIsLoggedOnce();
    }

    private Load load() throws IOException {
        return new Load(server).with(12, ALICE, 200).with(12, MALLORY, 401).with(8, null, 401);
    }

    private void replace(State state, int round, Gate gate) throws IOException {
        if (round % 5 > 2) {
            store.overwrite(state, round, gate::refresh);
        } else {
            store.rename(state, round);
        }
        gate.refresh();
    }

    private List<String> failures() {
        return server.log().messages().stream()
                .filter(line -> line.startsWith("TK-301"))
                .toList();
    }

    /** Checks that no two consecutive lines have the same text. */
    private void assertEachFailureIsLoggedOnce() {
        List<String> logged = server.log().messages().stream()
                .filter(line -> line.startsWith("TK-30"))
                .toList();
        for (int i = 1; i < logged.size(); i++) {
            assertThat(logged.get(i)).isNotEqualTo(logged.get(i - 1));
        }
        assertThat(logged).anyMatch(line -> line.startsWith("TK-304"));
    }

    private Map<String, String> settings(String interval) {
        return Map.of(
                "store", store.file().toString(), "storePassword", StoreStates.PASSWORD, "refreshInterval", interval);
    }

    private Gate openGate() {
        return Settings.parse(settings("0s"), new OnDisk()).open(new Counters(), InstantSource.system());
    }

    private static void guard(Context context, Gate gate) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("gate");
        definition.setFilterClass(AskingGate.class.getName());
        definition.setFilter(new AskingGate(gate));
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern("/*");
        context.addFilterMap(mapping);
    }

    /** A minimal front end. */
    private static final class AskingGate extends HttpFilter {
        private static final long serialVersionUID = 1L;
        private final transient Gate gate;

        AskingGate(Gate gate) {
            this.gate = gate;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Verdict verdict = gate.decide(new ServletExchange(request, request, null) {
                @Override
                protected @Nullable Object readConnection() {
                    return request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
                }
            });
            RequestAttributes.set(request, verdict);
            if (verdict.errorResponse() == null) {
                chain.doFilter(request, response);
            } else {
                ErrorResponseWriter.write(verdict.errorResponse(), request, response);
            }
        }
    }

    /** Absolute paths only. */
    private static final class OnDisk implements ContainerResources {
        @Override
        public Object lookup(String name) throws NamingException {
            throw new NamingException("there are no names here");
        }

        @Override
        public Object lookupGlobal(String name) throws NamingException {
            throw new NamingException("there are no names here");
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }
}
