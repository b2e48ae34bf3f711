/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.preauth.j2ee.J2eePreAuthenticatedProcessingFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/** Recipe for Spring Security in docs/getting-started-filter.md. */
@Configuration(proxyBeanMethods = false)
@EnableMethodSecurity
class SecurityRecipe {

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        var requestOnly = new RequestAttributeSecurityContextRepository();
        return http.securityContext(context -> context.securityContextRepository(requestOnly))
                .requestCache(cache -> cache.disable())
                .jee(jee -> jee.mappableAuthorities("orders")
                        // The filter of jee() has a repository of its own, which writes to the session.
                        .withObjectPostProcessor(new ObjectPostProcessor<J2eePreAuthenticatedProcessingFilter>() {
                            @Override
                            public <F extends J2eePreAuthenticatedProcessingFilter> F postProcess(F filter) {
                                filter.setSecurityContextRepository(requestOnly);
                                return filter;
                            }
                        }))
                .authorizeHttpRequests(requests -> requests.requestMatchers("/public/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }
}
