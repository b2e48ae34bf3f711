/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.list;

import java.util.Locale;

/** What an entry does now, as the pages show it. */
public enum RowState {
    IN_FORCE,
    ENDS_SOON,
    PLANNED,
    EXPIRED,
    DISABLED,
    DENIED;

    /** Returns the name in addresses, style classes and keys of texts. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
