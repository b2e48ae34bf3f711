/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import org.junit.jupiter.api.Test;

/** Digests while an application's own provider comes and goes. */
class DigestPoolTest {

    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void forgetsTheCodeOfARemovedProvider() {
        byte[] right = DigestAlgorithm.SHA256.newDigest().digest(BYTES);
        DigestPool pool = new DigestPool(DigestAlgorithm.SHA256);
        Provider wrong = new WrongProvider();
        Security.insertProviderAt(wrong, 1);
        try {
            assertThat(pool.digest(BYTES)).isEqualTo(new byte[32]);
        } finally {
            Security.removeProvider(wrong.getName());
        }
        assertThat(pool.digest(BYTES)).isEqualTo(right);
        assertThat(pool.digest(BYTES)).isEqualTo(right);
    }

    /** The provider of an application, whose digests are all the same. */
    private static final class WrongProvider extends Provider {
        private static final long serialVersionUID = 1;

        WrongProvider() {
            super("Wrong", "1", "digests without sense");
            put("MessageDigest.SHA-256", Zeros.class.getName());
        }
    }

    /** Called by the JDK. */
    public static final class Zeros extends MessageDigestSpi {
        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[32];
        }

        @Override
        protected void engineReset() {}
    }
}
