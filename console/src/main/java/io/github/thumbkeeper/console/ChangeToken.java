/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a page of the console made the request: the browser sends the client certificate by itself, like a cookie, so the
 * certificate alone does not show that.
 *
 * <p>The token is the HMAC-SHA256 of the thumbprint of the client certificate with a key that is made at the start. It needs no
 * session, is of no use with another certificate, and ends with the process. Thread-safe.
 */
final class ChangeToken {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    ChangeToken(SecureRandom random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Returns the token for requests with this certificate. */
    String of(String thumbprint) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(thumbprint));
    }

    /** Returns whether a request with this certificate may have this token; compares in constant time. */
    boolean isValid(@Nullable String token, String thumbprint) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), of(thumbprint).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] mac(String thumbprint) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(thumbprint.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
