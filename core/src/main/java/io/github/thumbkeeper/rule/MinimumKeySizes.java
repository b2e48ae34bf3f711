/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.message.SafeText;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The least size of each kind of key; a kind that is not named is not accepted.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class MinimumKeySizes {

    private final Map<KeyType, Integer> bits;

    private MinimumKeySizes(Map<KeyType, Integer> bits) {
        this.bits = bits;
    }

    /**
     * Reads members such as {@code RSA=2048}.
     *
     * @throws IllegalArgumentException if any is malformed or names a kind for the second time; it says what is accepted
     */
    public static MinimumKeySizes of(List<String> members) {
        Map<KeyType, Integer> bits = new EnumMap<>(KeyType.class);
        for (String member : members) {
            int equals = member.indexOf('=');
            Optional<KeyType> type = KeyType.named(member.substring(0, Math.max(0, equals)));
            String number = member.substring(equals + 1);
            if (type.isEmpty() || !number.matches("[1-9][0-9]{1,4}")) {
                throw new IllegalArgumentException(SafeText.quoted(member)
                        + " is no least size; accepted are such as RSA=2048, with a number of bits, for "
                        + KeyType.names());
            }
            if (bits.put(type.get(), Integer.parseInt(number)) != null) {
                throw new IllegalArgumentException(
                        SafeText.quoted(member) + " names its kind of key for the second time; accepted is once");
            }
        }
        return new MinimumKeySizes(bits);
    }

    boolean accept(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        return KeyType.of(key)
                .filter(type -> bits.containsKey(type) && type.bits(key) >= bits.get(type))
                .isPresent();
    }
}
