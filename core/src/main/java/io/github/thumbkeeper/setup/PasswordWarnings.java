/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import java.util.List;
import java.util.Map;

/** Warnings about passwords among the attributes of a gate. Thread-safe. */
public final class PasswordWarnings {

    private static final List<String> PASSWORDS = List.of("storePassword", "trustStorePassword");

    private PasswordWarnings() {}

    /**
     * Returns a warning for each password that is in plain text where the gate is configured, unless it is empty.
     *
     * @param attributes the attributes of the valve, or the init parameters of the filter
     */
    public static List<String> plain(Map<String, String> attributes) {
        return PASSWORDS.stream()
                .filter(name -> !attributes.getOrDefault(name, "").isEmpty())
                .map(name -> "TK-403 " + name + ": is in plain text in the configuration of the gate; expected " + name
                        + "File, with a file that only the server can read")
                .toList();
    }
}
