/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo.recipes;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** The recipe for Spring Boot in docs/getting-started-filter.md: there the method is a bean. */
final class SpringBoot {

    private SpringBoot() {}

    static FilterRegistrationBean<ClientCertificateFilter> clientCertificate(String thumbprint) {
        var filter = new ClientCertificateFilter(Map.of("thumbprints", thumbprint));
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/*");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
