/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a snapshot says of certificate objects, in a table of fixed size: a stranger can displace what is in it,
 * never fill it. Certificates are held weakly and recognised by identity.
 *
 * <p>Safe to share between threads without a lock: a slot holds one immutable object, and losing a race only costs a digest.
 */
final class SeenCertificates {

    private static final int SLOTS = 4096;

    private final @Nullable Seen[] slots = new Seen[SLOTS];

    @Nullable
    Listing get(X509Certificate certificate) {
        Seen seen = slots[slot(certificate)];
        return seen != null && seen.refersTo(certificate) ? seen.listing : null;
    }

    void put(X509Certificate certificate, Listing listing) {
        if (isKnownToBeImmutable(certificate.getClass())) {
            slots[slot(certificate)] = new Seen(certificate, listing);
        }
    }

    private static int slot(X509Certificate certificate) {
        int hash = System.identityHashCode(certificate);
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }

    /** Any other class could give other bytes the next time. */
    private static boolean isKnownToBeImmutable(Class<?> type) {
        String name = type.getName();
        boolean ofJdk = type.getClassLoader() == null && name.equals("sun.security.x509.X509CertImpl");
        return ofJdk || name.equals("org.apache.tomcat.util.net.openssl.OpenSSLX509Certificate");
    }

    private static final class Seen extends WeakReference<X509Certificate> {

        private final Listing listing;

        Seen(X509Certificate certificate, Listing listing) {
            super(certificate);
            this.listing = listing;
        }
    }
}
