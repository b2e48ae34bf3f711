/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One element of {@code X-Forwarded-Client-Cert}, which one proxy has added. Not thread-safe. */
final class XfccElement {

    /** The keys that Envoy writes. By, URI and DNS may be repeated, since a certificate may have several names. */
    private enum Key {
        BY,
        HASH,
        CERT,
        CHAIN,
        SUBJECT,
        URI,
        DNS;

        boolean mayBeRepeated() {
            return this == BY || this == URI || this == DNS;
        }
    }

    private int others;
    private final Map<Key, String> values = new EnumMap<>(Key.class);

    void put(String key, String value) throws BadHeaderException {
        Key known = known(key);
        requireShort(known, key, value);
        if (known == Key.HASH && (value.length() != 64 || !value.chars().allMatch(HexFormat::isHexDigit))) {
            throw new BadHeaderException("has a Hash that is not a SHA-256 in hex");
        }
        if (values.put(known, value) != null && !known.mayBeRepeated()) {
            throw new BadHeaderException("has a key twice in one element");
        }
    }

    private void requireShort(Key known, String key, String value) throws BadHeaderException {
        if (known == Key.CERT) {
            FieldLimits.requireCertificate(value);
        } else if (known == Key.CHAIN) {
            FieldLimits.requireChain(value);
        } else {
            addOther(key.length() + value.length() + 2);
        }
    }

    /** Counts characters that are neither of the certificate nor of the chain. */
    void addOther(int characters) throws BadHeaderException {
        others += characters;
        if (others > FieldLimits.CERTIFICATE) {
            throw BadHeaderException.tooLong("an element without Cert and Chain", FieldLimits.CERTIFICATE);
        }
    }

    /** Returns the SHA-256 of the certificate. */
    byte @Nullable [] hash() {
        String hash = values.get(Key.HASH);
        return hash == null ? null : HexFormat.of().parseHex(hash);
    }

    @Nullable
    String certificate() {
        return values.get(Key.CERT);
    }

    @Nullable
    String chain() {
        return values.get(Key.CHAIN);
    }

    private static Key known(String key) throws BadHeaderException {
        for (Key known : Key.values()) {
            if (known.name().equals(key.toUpperCase(Locale.ROOT))) {
                return known;
            }
        }
        throw new BadHeaderException("has a key that is not one of By, Hash, Cert, Chain, Subject, URI and DNS");
    }
}
