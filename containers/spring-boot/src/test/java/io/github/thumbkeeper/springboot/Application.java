/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that uses sessions and answers with the user that Spring Security and the servlet API see. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Application {

    static final String ERROR_PAGE = "Seen-By-Error-Page";

    /** A chain next to the recipe's, as the application would have for a login form: it trusts the session. */
    @Bean
    @Order(1)
    SecurityFilterChain sessions(HttpSecurity http) throws Exception {
        return http.securityMatcher("/public/sessions/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Reports in a header the user that an error page sees. */
    @Bean
    FilterRegistrationBean<Filter> errorPages() {
        var registration = new FilterRegistrationBean<Filter>((request, response, chain) -> {
            if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
                answer.setHeader(ERROR_PAGE, Pages.seen(http));
            }
            chain.doFilter(request, response);
        });
        registration.setDispatcherTypes(DispatcherType.ERROR);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }

    @RestController
    static class Pages {

        @GetMapping({"/who", "/public/who", "/public/sessions/who"})
        String who(HttpServletRequest request) {
            return seen(request);
        }

        @GetMapping("/session")
        String session(HttpServletRequest request, HttpSession session) {
            session.setAttribute("basket", "apples");
            return seen(request);
        }

        @GetMapping("/basket")
        String basket(HttpSession session) {
            return "basket=" + session.getAttribute("basket") + " attributes="
                    + Collections.list(session.getAttributeNames());
        }

        @GetMapping("/orders")
        @PreAuthorize("hasRole('orders')")
        public String orders() {
            return "orders";
        }

        @GetMapping("/callable")
        Callable<String> callable(HttpServletRequest request) {
            return () -> seen(request);
        }

        @GetMapping("/dispatched")
        void dispatched(HttpServletRequest request) {
            request.startAsync().dispatch("/who");
        }

        @GetMapping({"/broken", "/public/broken"})
        void broken(HttpServletResponse response) throws IOException {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
        }

        @GetMapping("/token")
        String token(CsrfToken token) {
            return token.getToken();
        }

        static String seen(HttpServletRequest request) {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            List<String> authorities = authentication == null
                    ? List.of()
                    : authentication.getAuthorities().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList();
            return "security=" + name(authentication) + " servlet=" + name(request.getUserPrincipal()) + " authorities="
                    + authorities;
        }

        private static String name(@Nullable Principal principal) {
            return principal == null ? "nobody" : principal.getName();
        }
    }
}
