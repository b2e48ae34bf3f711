/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Certificates by alias, as a key store serves them at one moment.
 *
 * <p>Aliases differ regardless of case. A second certificate with the same alias (from the same file, or from a file that
 * differs only in its extension) gets the suffix {@code #2}, which is not part of its label.
 *
 * <p>Immutable and thread-safe.
 */
final class AliasTable {

    private final List<String> aliases = new ArrayList<>();
    private final Map<String, X509Certificate> certificates = new HashMap<>();
    private final Instant read = Instant.now();

    private AliasTable() {}

    /** Builds the table; the aliases are made unique. */
    static AliasTable of(List<NamedCertificate> listed) {
        AliasTable table = new AliasTable();
        Map<String, Integer> used = new HashMap<>();
        for (NamedCertificate one : listed) {
            String name = one.name() == null ? "" : one.name();
            table.add(name, used, one.certificate());
        }
        return table;
    }

    private void add(String name, Map<String, Integer> used, X509Certificate certificate) {
        int number = used.getOrDefault(key(name), 1);
        String alias = number == 1 ? name : name + "#" + number;
        while (certificates.containsKey(key(alias))) {
            number++;
            alias = name + "#" + number;
        }
        used.put(key(name), number + 1);
        aliases.add(alias);
        certificates.put(key(alias), certificate);
    }

    List<String> aliases() {
        return aliases;
    }

    boolean isEmpty() {
        return aliases.isEmpty();
    }

    /** Returns the certificate of an alias, or null. */
    @Nullable
    X509Certificate get(String alias) {
        return certificates.get(key(alias));
    }

    /** Returns the first alias of a certificate, or null. */
    @Nullable
    String aliasOf(Certificate certificate) {
        return aliases.stream()
                .filter(alias -> certificate.equals(get(alias)))
                .findFirst()
                .orElse(null);
    }

    /** Returns the time of the read, which the key store reports as creation date. */
    Instant read() {
        return read;
    }

    private static String key(String alias) {
        return alias.toLowerCase(Locale.ROOT);
    }
}
