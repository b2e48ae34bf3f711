/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A policy document and its translation.
 *
 * @param settings the expected settings of the valve
 * @param meaning the clients that the policy admits, written in Java by hand
 * @param kinds the kinds of remarks, apart from TRANSLATED
 */
record PolicyCase(
        String name, String document, Map<String, String> settings, Predicate<Client> meaning, Set<Remark.Kind> kinds) {

    /** A document whose policy refuses if this C# condition is true. */
    static PolicyCase refuse(String name, String condition, String settings, Predicate<Client> meaning) {
        return document(name, Policies.refuse(condition), settings, meaning);
    }

    /** A document; the settings are lines such as {@code denyStatus=403}. */
    static PolicyCase document(String name, String document, String settings, Predicate<Client> meaning) {
        Map<String, String> expected = new LinkedHashMap<>();
        Client.fill(settings).lines().forEach(line -> {
            String[] parts = line.split("=", 2);
            expected.put(parts[0], parts[1]);
        });
        return new PolicyCase(name, Client.fill(document), expected, meaning, Set.of());
    }

    /** Expects remarks of these kinds. */
    PolicyCase with(Remark.Kind... expected) {
        Set<Remark.Kind> kinds = EnumSet.noneOf(Remark.Kind.class);
        kinds.addAll(Set.of(expected));
        return new PolicyCase(name, document, settings, meaning, kinds);
    }

    @Override
    public String toString() {
        return name;
    }
}
