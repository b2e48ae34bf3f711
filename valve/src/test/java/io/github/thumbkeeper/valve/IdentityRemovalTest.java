/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Identity;
import java.util.List;
import java.util.Set;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.session.StandardSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IdentityRemovalTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    private final TestServer server = new TestServer();
    private final StandardContext context = server.context("/app");
    private final TestRequest request = server.request(context).presenting(ALICE.certificate());
    private final StandardSession session = new StandardSession(new StandardManager());

    @Test
    void removesOurPrincipalFromRequestAndSession() {
        request.setUserPrincipal(ours());
        request.setAuthType("CLIENT_CERT");
        request.existingSession = session;
        session.setPrincipal(ours());
        session.setAuthType("CLIENT_CERT");

        IdentityRemoval.strip(request, true);

        assertThat(request.getPrincipal()).isNull();
        assertThat(request.getAuthType()).isNull();
        assertThat(session.getPrincipal()).isNull();
        assertThat(session.getAuthType()).isNull();
    }

    @Test
    @DisplayName("a principal of the application's own login stays")
    void keepsOtherPrincipals() {
        GenericPrincipal other = new GenericPrincipal("bob", List.of());
        request.setUserPrincipal(other);
        request.existingSession = session;
        session.setPrincipal(other);

        IdentityRemoval.strip(request, true);

        assertThat(request.getPrincipal()).isSameAs(other);
        assertThat(session.getPrincipal()).isSameAs(other);
    }

    @Test
    void hidesTheCertificateOnlyIfAsked() {
        IdentityRemoval.strip(request, false);
        assertThat(request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES)).isNotNull();

        IdentityRemoval.strip(request, true);
        assertThat(request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES)).isNull();
    }

    @Test
    @DisplayName("Tomcat's default authenticator must not restore a principal that another request stores meanwhile")
    void stopsTheDefaultAuthenticatorFromUsingTheSession() {
        NonLoginAuthenticator authenticator = new NonLoginAuthenticator();
        context.getPipeline().addValve(authenticator);

        IdentityRemoval.strip(request, true);

        assertThat(authenticator.getCache()).isFalse();
    }

    private static ClientCertificatePrincipal ours() {
        return new ClientCertificatePrincipal("alice", new Identity("alice", "alice", Set.of(), "sha256:00"));
    }
}
