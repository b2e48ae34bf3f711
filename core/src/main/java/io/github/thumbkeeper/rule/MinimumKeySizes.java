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
 * Minimum size for each type of key. Keys of a type without a minimum size are refused.
 *
 * <p>Immutable and thread-safe.
 */
public final class MinimumKeySizes {

    private final Map<KeyType, Integer> bits;

    private MinimumKeySizes(Map<KeyType, Integer> bits) {
        this.bits = bits;
    }

    /**
     * Parses members such as {@code RSA=2048}.
     *
     * @throws IllegalArgumentException if a member is malformed or repeats a type; the message names what is expected
     */
    public static MinimumKeySizes of(List<String> members) {
        Map<KeyType, Integer> bits = new EnumMap<>(KeyType.class);
        for (String member : members) {
            int equals = member.indexOf('=');
            Optional<KeyType> type = KeyType.named(member.substring(0, Math.max(0, equals)));
            String number = member.substring(equals + 1);
            if (type.isEmpty() || !number.matches("[1-9][0-9]{1,4}")) {
                throw new IllegalArgumentException(SafeText.quoted(member)
                        + " is not a minimum key size; expected a type and a number of bits, such as RSA=2048, with one of "
                        + KeyType.names());
            }
            if (bits.put(type.get(), Integer.parseInt(number)) != null) {
                throw new IllegalArgumentException(
                        SafeText.quoted(member) + " repeats a type of key; expected each type once");
            }
        }
        return new MinimumKeySizes(bits);
    }

    boolean allows(X509Certificate certificate) {
        PublicKey key = certificate.getPublicKey();
        return KeyType.of(key)
                .filter(type -> bits.containsKey(type) && type.bits(key) >= bits.get(type))
                .isPresent();
    }
}
