/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/** Configurations that are not recipes: the page warns of them. */
final class OtherChains {

    private OtherChains() {}

    /** Asks for roles by {@code mappableRoles}. */
    @Configuration(proxyBeanMethods = false)
    static class MappableRoles {

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.jee(jee -> jee.mappableRoles("orders", "admin"))
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }
    }

    /** Takes the user from the certificate's subject. */
    @Configuration(proxyBeanMethods = false)
    static class X509 {

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.x509(x509 -> {})
                    .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .build();
        }

        @Bean
        UserDetailsService users() {
            return name -> User.withUsername(name).password("").roles("orders").build();
        }
    }
}
