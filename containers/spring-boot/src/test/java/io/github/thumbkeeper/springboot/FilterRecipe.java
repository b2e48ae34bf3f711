/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Recipe for the filter in docs/getting-started-filter.md. */
@Configuration(proxyBeanMethods = false)
class FilterRecipe {

    @Bean
    FilterRegistrationBean<ClientCertificateFilter> clientCertificate(Environment environment) {
        var settings = Binder.get(environment)
                .bind("thumbkeeper", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        var registration = new FilterRegistrationBean<>(new ClientCertificateFilter(settings));
        registration.addUrlPatterns("/*");
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
