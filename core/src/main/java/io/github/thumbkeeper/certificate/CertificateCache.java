/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what a snapshot says of certificate objects, in a table of fixed size: a stranger can displace what is in it,
 * never fill it. Certificates are held weakly and recognised by identity.
 *
 * <p>Safe to share between threads without a lock: a slot holds one immutable object, and losing a race only costs to find the
 * same out again.
 *
 * @param <T> what is known of a certificate; immutable, and without a reference to it
 */
public final class CertificateCache<T> {

    private static final int SLOTS = 4096;

    private final @Nullable Seen<T>[] slots = slots();

    /** Returns what is known of this object, or null. */
    public @Nullable T get(X509Certificate certificate) {
        Seen<T> seen = slots[slot(certificate)];
        return seen != null && seen.refersTo(certificate) ? seen.known : null;
    }

    /** Takes note of what is known of this object, unless an object of its class may change. */
    public void put(X509Certificate certificate, T known) {
        if (isKnownToBeImmutable(certificate.getClass())) {
            slots[slot(certificate)] = new Seen<>(certificate, known);
        }
    }

    @SuppressWarnings("unchecked") // Java makes no arrays of generic types
    private static <T> @Nullable Seen<T>[] slots() {
        return (@Nullable Seen<T>[]) new Seen<?>[SLOTS];
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

    private static final class Seen<T> extends WeakReference<X509Certificate> {

        private final T known;

        Seen(X509Certificate certificate, T known) {
            super(certificate);
            this.known = known;
        }
    }
}
