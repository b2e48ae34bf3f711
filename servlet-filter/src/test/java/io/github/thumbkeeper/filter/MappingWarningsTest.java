/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MappingWarningsTest {

    @Test
    void refusesToStartWithoutAMapping() {
        assertThat(MappingWarnings.problems(config(registration(List.of(), List.of()))))
                .singleElement()
                .asString()
                .startsWith("TK-405 ")
                .contains("[gate]");
        assertThat(MappingWarnings.problems(config(registration(null, List.of()))))
                .isEmpty();
        assertThat(MappingWarnings.problems(config(null))).isEmpty();
    }

    /** Open Liberty gives null for a mapping that it does not have, or does not know. */
    @Test
    void startsIfTheContainerDoesNotKnowTheMapping() throws Exception {
        assertThat(MappingWarnings.of(config(registration(null, null)))).hasSize(1);
        assertThat(MappingWarnings.of(config(registration(List.of("/*"), null))))
                .isEmpty();
        assertThat(MappingWarnings.of(config(registration(null, List.of()))))
                .hasSize(1)
                .allMatch(warning -> warning.startsWith("TK-405"));
    }

    /** An application that makes the filter itself may call it in a way of its own. */
    @Test
    void startsWithoutARegistration() throws Exception {
        assertThat(MappingWarnings.of(config(null))).isEmpty();
    }

    @Test
    void warnsUnlessOneMappingIsForEveryPath() throws Exception {
        assertThat(MappingWarnings.of(config(registration(List.of("/a/*", "/*"), List.of()))))
                .isEmpty();
        assertThat(MappingWarnings.of(config(registration(List.of("/a/*"), List.of()))))
                .singleElement()
                .asString()
                .startsWith("TK-405");
    }

    private static FilterRegistration registration(@Nullable List<String> patterns, @Nullable List<String> servlets) {
        return fake(
                FilterRegistration.class,
                (proxy, method, arguments) -> method.getName().equals("getUrlPatternMappings") ? patterns : servlets);
    }

    private static FilterConfig config(@Nullable FilterRegistration registration) {
        ServletContext context = fake(ServletContext.class, (proxy, method, arguments) -> registration);
        return fake(
                FilterConfig.class,
                (proxy, method, arguments) -> method.getName().equals("getFilterName") ? "gate" : context);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
