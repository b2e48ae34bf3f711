/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

/** The kinds of {@link EntryChange}, as the history names them. */
public enum ChangeKind {
    ADD,
    SET,
    DISABLE,
    ENABLE,
    RENAME,
    DENY,
    REMOVE,
    RESTORE,
    ROTATE,

    /** A record that cannot be read, because something else than a writer has changed it. */
    DAMAGED
}
