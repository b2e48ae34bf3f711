/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server's certificate, and clients that trust its authority. */
public final class TestTls {

    private static final TestCertificate AUTHORITY =
            TestCertificate.named("CN=authority").ca().build();

    private TestTls() {}

    /** A server whose certificate is for this address. */
    public static SSLContext server(String address) throws Exception {
        TestCertificate certificate = TestCertificate.named("CN=server")
                .ipAddress(address)
                .issuedBy(AUTHORITY)
                .build();
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(certificate.keyStore("secret"), "secret".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    public static SSLContext client() throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(TestKeyStores.trusted(Map.of("authority", AUTHORITY.certificate())));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** The class for {@code java.naming.ldap.factory.socket}: JNDI calls its static method. */
    public static final class Sockets {
        private Sockets() {}

        /** Returns sockets that trust the authority. */
        public static SocketFactory getDefault() throws Exception {
            return client().getSocketFactory();
        }
    }
}
