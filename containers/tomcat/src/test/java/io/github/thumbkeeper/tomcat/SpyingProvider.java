/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.DSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A provider, first in the JVM's order, that records each long DSA key with which the JVM begins to verify a signature, and
 * rejects the signature at no cost. It leaves other keys to the next provider.
 *
 * <p>So a test sees whether a costly verification is reached, without measuring time. Thread-safe.
 */
final class SpyingProvider extends Provider implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    private static final int LONG_BITS = 8192;
    private static final List<String> USED = new CopyOnWriteArrayList<>();

    SpyingProvider() {
        super("spy", "1", "records long keys");
        putService(new Service(this, "Signature", "SHA256withDSA", Spy.class.getName(), null, null));
        USED.clear();
        Security.insertProviderAt(this, 1);
    }

    /** The sizes of the used keys, in bits. */
    List<String> used() {
        return List.copyOf(USED);
    }

    @Override
    public void close() {
        Security.removeProvider(getName());
    }

    /** The provider makes one for each signature. */
    public static final class Spy extends Signature {

        /** Makes a spy; the provider calls this. */
        public Spy() {
            super("spy");
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            int bits = key instanceof DSAKey dsa ? dsa.getParams().getP().bitLength() : 0;
            if (bits <= LONG_BITS) {
                throw new InvalidKeyException("left to the next provider");
            }
            USED.add("DSA " + bits);
        }

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            throw new InvalidKeyException("left to the next provider");
        }

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {}

        @Override
        protected byte[] engineSign() {
            throw new IllegalStateException("signs nothing");
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return false;
        }

        @Override
        @SuppressWarnings("deprecation") // demanded by the class
        protected void engineSetParameter(String name, Object value) {}

        @Override
        protected void engineSetParameter(AlgorithmParameterSpec parameters) {}

        @Override
        @SuppressWarnings("deprecation") // demanded by the class
        protected Object engineGetParameter(String name) {
            throw new IllegalArgumentException(name);
        }
    }
}
