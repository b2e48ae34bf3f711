/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import jakarta.servlet.Filter;
import java.util.function.Supplier;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsByNameServiceWrapper;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.x509.X509AuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/** Makes Spring Security's filter for client certificates with one user in memory, called client. */
public final class SpringFilter implements Supplier<Filter> {

    /** Makes the maker; {@link SpringSecurity} calls this. */
    public SpringFilter() {}

    @Override
    public Filter get() {
        UserDetailsByNameServiceWrapper<PreAuthenticatedAuthenticationToken> users =
                new UserDetailsByNameServiceWrapper<>(new InMemoryUserDetailsManager(
                        User.withUsername("client").password("").roles("USER").build()));
        PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
        provider.setPreAuthenticatedUserDetailsService(users);
        X509AuthenticationFilter filter = new X509AuthenticationFilter();
        filter.setAuthenticationManager(new ProviderManager(provider));
        // Without a session, as for the other checks.
        filter.setSecurityContextRepository(new RequestAttributeSecurityContextRepository());
        filter.afterPropertiesSet();
        return (request, response, chain) -> {
            try {
                filter.doFilter(request, response, (same, answer) -> {
                    if (SecurityContextHolder.getContext().getAuthentication() == null) {
                        throw new IllegalStateException("Spring Security does not know the client");
                    }
                    chain.doFilter(same, answer);
                });
            } finally {
                SecurityContextHolder.clearContext();
            }
        };
    }
}
