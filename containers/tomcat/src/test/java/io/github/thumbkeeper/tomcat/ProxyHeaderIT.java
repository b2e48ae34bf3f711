/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates that a trusted proxy forwards, on both front ends; the test is the proxy. */
class ProxyHeaderIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final ForwardedAs NGINX = ForwardedAs.NGINX;

    private final GuardedTomcat tomcat = newTomcat();

    private static GuardedTomcat newTomcat() {
        try {
            return new GuardedTomcat();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void admitsWhomATrustedProxyForwardsAndNobodyElse(FrontEnd frontEnd) throws Exception {
        tomcat.tomcat().addPlainHttp();
        start(frontEnd, "trustedProxies", "127.0.0.1", "trustedProxiesByRemoteAddr", "true");

        assertThat(get(NGINX.encode(ALICE.certificate()))).startsWith("HTTP/1.1 200");
        assertThat(get(NGINX.encode(MALLORY.certificate()))).startsWith("HTTP/1.1 401");
        assertThat(get("")).startsWith("HTTP/1.1 401");
        assertThat(codes()).containsExactly("TK-101", "TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesTheHeaderOfAStranger(FrontEnd frontEnd) throws Exception {
        tomcat.tomcat().addPlainHttp();
        start(frontEnd, "trustedProxies", "127.0.0.2", "trustedProxiesByRemoteAddr", "true");

        assertThat(get(NGINX.encode(ALICE.certificate()))).startsWith("HTTP/1.1 401");
        assertThat(codes()).containsExactly("TK-331", "TK-130");
    }

    private void start(FrontEnd frontEnd, String... more) throws Exception {
        Map<String, String> settings =
                new HashMap<>(Map.of("thumbprints", ALICE.sha256(), "certificateHeader", NGINX.format()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        tomcat.start(frontEnd, settings);
    }

    private String get(String value) throws Exception {
        return RawHttp.send(tomcat.tomcat().http("/app/x"), "GET /app/x HTTP/1.1", NGINX.header() + ": " + value);
    }

    /** The codes of what was logged about requests. */
    private List<String> codes() {
        return tomcat.log().messages().stream()
                .map(message -> message.substring(0, 6))
                .filter(code -> code.startsWith("TK-1") || code.startsWith("TK-33"))
                .toList();
    }
}
