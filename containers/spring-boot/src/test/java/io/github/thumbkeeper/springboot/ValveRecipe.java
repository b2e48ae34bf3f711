/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Recipe for the valve in docs/getting-started-filter.md. */
@Configuration(proxyBeanMethods = false)
class ValveRecipe {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> clientCertificate(Environment environment) {
        var settings = Binder.get(environment)
                .bind("thumbkeeper", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        var valve = new ClientCertificateValve();
        settings.forEach(valve::setProperty);
        return factory -> factory.addEngineValves(valve);
    }
}
