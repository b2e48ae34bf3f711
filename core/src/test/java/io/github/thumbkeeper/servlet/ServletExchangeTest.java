/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is read from a request, and what is written into it. */
class ServletExchangeTest {

    private final Answers request = new Answers();
    private final Map<Object, Object> attributes = new HashMap<>();

    @Test
    void readsTheRequest() {
        request.on("getMethod", "GET")
                .on("getRequestURI", "/app/a%20b/c")
                .on("getContextPath", "/app")
                .on("getServletPath", "/a b")
                .on("getPathInfo", "/c")
                .on("getRemoteAddr", "192.0.2.7")
                .on("getHeaders", Collections.enumeration(List.of("x", "y")));

        assertThat(exchange().method()).isEqualTo("GET");
        assertThat(exchange().rawPath()).isEqualTo("/app/a%20b/c");
        assertThat(exchange().contextPath()).isEqualTo("/app");
        assertThat(exchange().path()).isEqualTo("/a b/c");
        assertThat(exchange().peer()).isEqualTo("192.0.2.7");
        assertThat(exchange().headers("X")).containsExactly("x", "y");
    }

    @Test
    @DisplayName("a request that knows nothing of itself breaks nothing and is not exempt")
    void bearsNull() {
        assertThat(exchange().method()).isEqualTo("null");
        assertThat(exchange().path()).isNull();
        assertThat(exchange().headers("X")).isEmpty();
        request.on("getRequestURI", "/x.css").on("getContextPath", "").on("getPathInfo", "/x.css");
        assertThat(ExemptPaths.of(List.of("*.css")).exempts(exchange())).isFalse();
    }

    @Test
    @DisplayName("no principal without admission: what an earlier verdict left is removed")
    void tellsTheRequestOfTheLatestVerdict() {
        ServletRequest target = attributed();
        Identity identity = new Identity("alice", "label", Set.of(), "sha256:ab");
        RequestAttributes.set(target, new Verdict.Admitted(identity));
        assertThat(attributes)
                .containsOnly(
                        Map.entry("io.github.thumbkeeper.verdict", "admitted"),
                        Map.entry("io.github.thumbkeeper.thumbprint", "sha256:ab"),
                        Map.entry("io.github.thumbkeeper.label", "label"));

        RequestAttributes.set(target, Refusals.verdict(Reason.EXPIRED, false));
        assertThat(attributes)
                .containsOnly(
                        Map.entry("io.github.thumbkeeper.verdict", "refused"),
                        Map.entry("io.github.thumbkeeper.reason", "TK-102"));

        RequestAttributes.set(target, Verdict.Exempt.ANONYMOUS);
        assertThat(attributes).containsOnly(Map.entry("io.github.thumbkeeper.verdict", "exempt"));

        RequestAttributes.set(target, new Verdict.Admitted(new Identity(null, null, Set.of(), "sha256:cd")));
        assertThat(attributes)
                .containsOnly(
                        Map.entry("io.github.thumbkeeper.verdict", "admitted"),
                        Map.entry("io.github.thumbkeeper.thumbprint", "sha256:cd"));
    }

    private ServletRequest attributed() {
        return new Answers()
                .on("getAttribute", (Answers.Answer) arguments -> attributes.get(arguments[0]))
                .on("setAttribute", (Answers.Answer) arguments -> {
                    attributes.put(arguments[0], arguments[1]);
                    return null;
                })
                .on("removeAttribute", (Answers.Answer) arguments -> {
                    attributes.remove(arguments[0]);
                    return null;
                })
                .as(ServletRequest.class);
    }

    private ServletExchange exchange() {
        HttpServletRequest same = request.as(HttpServletRequest.class);
        return new ServletExchange(same, same, null) {
            @Override
            protected Object readConnection() {
                return null;
            }
        };
    }
}
