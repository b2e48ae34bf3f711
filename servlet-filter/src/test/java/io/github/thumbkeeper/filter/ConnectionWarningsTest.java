/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.RefusalTemplate;
import io.github.thumbkeeper.verdict.Verdict;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionWarningsTest {

    private final ConnectionWarnings warnings = new ConnectionWarnings();

    @Test
    void warnsOnceOfARequestWithoutTls() {
        HttpServletRequest plain = request(false, null, DispatcherType.REQUEST);

        assertThat(warnings.of(plain, refused(Reason.NO_CERTIFICATE), false))
                .startsWith(
                        "TK-401 no client certificate can arrive with a request like one from [10.0.0.1] at port [8080]:"
                                + " its connection has no TLS; expected TLS at the container's own connector")
                .contains("certificateHeader");
        assertThat(warnings.of(plain, refused(Reason.NO_CERTIFICATE), false)).isNull();
    }

    /** A connector with {@code secure="true"} after a load balancer, or RemoteIpValve. */
    @Test
    void warnsOnceOfASecureRequestWithoutAnyTlsAttribute() {
        HttpServletRequest forwarded = request(true, null, DispatcherType.REQUEST);

        assertThat(warnings.of(forwarded, Verdict.Exempt.ANONYMOUS, false))
                .startsWith("TK-401 ")
                .contains("is marked as secure, but its connection to this container has no TLS", "certificateHeader");
        assertThat(warnings.of(forwarded, refused(Reason.NO_CERTIFICATE), false))
                .isNull();
    }

    @Test
    void saysNothingOfAClientThatHasNoCertificateOverTls() {
        HttpServletRequest tls = request(true, "TLS_AES_128_GCM_SHA256", DispatcherType.REQUEST);

        assertThat(warnings.of(tls, refused(Reason.NO_CERTIFICATE), false)).isNull();
    }

    @Test
    void saysNothingOfOtherRefusalsDispatchesAndForwardedCertificates() {
        assertThat(warnings.of(
                        request(false, null, DispatcherType.REQUEST),
                        refused(Reason.HEADER_FROM_UNTRUSTED_PEER),
                        false))
                .isNull();
        assertThat(warnings.of(request(false, null, DispatcherType.REQUEST), Verdict.Exempt.EXCLUDED_PATH, false))
                .isNull();
        assertThat(warnings.of(request(false, null, DispatcherType.FORWARD), refused(Reason.NO_CERTIFICATE), false))
                .isNull();
        assertThat(warnings.of(request(false, null, DispatcherType.REQUEST), refused(Reason.NO_CERTIFICATE), true))
                .isNull();
    }

    private static Verdict.Refused refused(Reason reason) {
        ErrorTemplate template = ErrorTemplate.refusal(401, "title", "ClientCertificate", "TK-100", ErrorFormat.AUTO);
        return new RefusalTemplate(reason, "", template, true).with(0);
    }

    private static HttpServletRequest request(boolean secure, @Nullable String cipherSuite, DispatcherType dispatch) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                ConnectionWarningsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isSecure" -> secure;
                    case "getAttribute" ->
                        arguments[0].equals("jakarta.servlet.request.cipher_suite") ? cipherSuite : null;
                    case "getDispatcherType" -> dispatch;
                    case "getRemoteAddr" -> "10.0.0.1";
                    case "getLocalPort" -> 8080;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
