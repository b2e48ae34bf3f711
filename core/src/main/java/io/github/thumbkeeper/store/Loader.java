/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import org.jspecify.annotations.Nullable;

/**
 * The port for everything that a gate reads repeatedly: lists of certificates, rules, trust anchors, CRLs and password files.
 *
 * <p>A loader reads completely or fails. It keeps no last good value, logs nothing and never retries: its {@link Reloader} does
 * all of that.
 *
 * <pre>{@code
 * final class QueueLoader implements Loader<EntryTable> {
 *     public String location() {
 *         return "queue:clients";
 *     }
 *
 *     public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
 *         String version = ...; // throws a StoreException if the queue cannot be reached
 *         return previous != null && version.equals(previous.state())
 *                 ? previous
 *                 : new Loaded<>(EntryTable.of(entries), List.of(), List.of(), version);
 *     }
 * }
 * }</pre>
 *
 * <p>Not thread-safe: the reloader calls {@code load} on one thread at a time. {@code location} and {@code isFixed} are called by
 * any thread.
 *
 * @param <V> what is read; immutable
 * @see Reloader
 */
public interface Loader<V> {

    /** Returns the location as written in the settings. */
    String location();

    /** Returns whether the value can never change and so is read only once. */
    default boolean isFixed() {
        return false;
    }

    /**
     * Reads everything.
     *
     * @param previous the result of the last successful call, or null at the first one
     * @return the value as it is now; {@code previous} itself if nothing has changed
     * @throws StoreException if it cannot be read completely; the previous value stays in force
     */
    Loaded<V> load(@Nullable Loaded<V> previous) throws StoreException;
}
