/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.store.StoreException;
import java.util.List;

/**
 * The port for changing a list that gates read.
 *
 * <p>The changes of one call take effect together or not at all, and each leaves a record in the history. A gate that reads the
 * list meanwhile sees the state before or after the call, or a stricter one; never an entry that neither state has. A caller
 * passes the version that it has seen, so that no caller overwrites a change that it does not know.
 *
 * <pre>{@code
 * EntryWriter writer = DirectoryEntryWriter.open("conf/clients", Path.of("/srv/tomcat/conf/clients"), Clock.systemUTC());
 * EntrySnapshot seen = writer.read();
 * WriteResult result = writer.apply(seen.version(), "carol", List.of(new EntryChange.Add(certificate, "alice")));
 * if (result instanceof WriteResult.Conflict conflict) {
 *     show(conflict.difference()); // and let the editor decide again, with conflict.current()
 * } else if (result instanceof WriteResult.Rejected rejected) {
 *     show(rejected.problems());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Several writers, also in other processes, may be open on one list.
 *
 * @see DirectoryEntryWriter
 * @see SqlEntryWriter
 */
public interface EntryWriter {

    /** Most records of a page of the history. */
    int LARGEST_PAGE = 1000;

    /**
     * Reads the list.
     *
     * @throws StoreException if it cannot be read completely
     */
    EntrySnapshot read() throws StoreException;

    /**
     * Makes changes, in their order, together or not at all.
     *
     * @param version the version that the caller has seen
     * @param actor the name of the principal that makes the changes
     * @throws StoreException if the list cannot be read or written. Call {@link #read} to see whether the changes were made
     */
    WriteResult apply(EntryVersion version, String actor, List<EntryChange> changes) throws StoreException;

    /**
     * Reads a page of the history, with the newest change first.
     *
     * @param before the number before which the page begins; {@link Long#MAX_VALUE} for the first page
     * @param size the number of records, at most {@value #LARGEST_PAGE}
     * @throws StoreException if it cannot be read
     */
    HistoryPage history(long before, int size) throws StoreException;
}
