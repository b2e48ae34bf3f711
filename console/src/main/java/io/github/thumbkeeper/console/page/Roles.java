/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import java.util.LinkedHashSet;
import java.util.Set;

/** Roles as a form has them: names with commas or blanks between them. Thread-safe. */
final class Roles {

    private Roles() {}

    static Set<String> parse(String text) {
        Set<String> roles = new LinkedHashSet<>();
        for (String role : text.split("[,;\\s]+", -1)) {
            if (!role.isEmpty()) {
                roles.add(role);
            }
        }
        return roles;
    }
}
