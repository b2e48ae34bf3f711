/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import javax.management.ConstructorParameters;

/**
 * {@link Expiry} in JMX.
 *
 * <p>Immutable and thread-safe.
 */
public final class ExpiringItem {

    private final String kind;
    private final String store;
    private final String name;
    private final String end;

    /** Creates an item; see the methods. */
    @ConstructorParameters({"kind", "store", "name", "end"})
    public ExpiringItem(String kind, String store, String name, String end) {
        this.kind = kind;
        this.store = store;
        this.name = name;
        this.end = end;
    }

    /** Returns {@code CERTIFICATE}, {@code ENTRY}, {@code TRUST_ANCHOR}, {@code CRL} or {@code PROXY}. */
    public String getKind() {
        return kind;
    }

    /** Returns the location of the store as written in the settings. */
    public String getStore() {
        return store;
    }

    /** Returns the label, escaped and truncated, or the subject or issuer if there is no label. */
    public String getName() {
        return name;
    }

    /** Returns the end, such as {@code 2026-12-31T23:59:59Z}. */
    public String getEnd() {
        return end;
    }
}
