/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot's results for certificate objects: a {@link BoundedCache} by identity, because a connection has the same object in
 * each request. It is discarded with the snapshot.
 *
 * <p>Only for the certificate classes of the JDK and Tomcat, which are immutable: an object of another class could return
 * other bytes the next time. Thread-safe.
 *
 * @param <T> the result; immutable, and without a reference to the certificate
 */
public final class CertificateCache<T> {

    private static final int SIZE = 4096;

    private final BoundedCache<X509Certificate, T> results = BoundedCache.byIdentity(SIZE);

    /** Returns the result for this object, or null. */
    public @Nullable T get(X509Certificate certificate) {
        return results.get(certificate);
    }

    /** Keeps the result for this object, unless its class may be mutable. */
    public void put(X509Certificate certificate, T result) {
        if (isKnownToBeImmutable(certificate.getClass())) {
            results.put(certificate, result);
        }
    }

    private static boolean isKnownToBeImmutable(Class<?> type) {
        String name = type.getName();
        boolean ofJdk = type.getClassLoader() == null && name.equals("sun.security.x509.X509CertImpl");
        return ofJdk || name.equals("org.apache.tomcat.util.net.openssl.OpenSSLX509Certificate");
    }
}
