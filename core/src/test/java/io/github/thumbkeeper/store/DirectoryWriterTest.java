/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.write.DirectoryEntryWriter;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.testkit.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;

@Slow
class DirectoryWriterTest extends EntryWriterContract {

    @TempDir
    private Path folder;

    @Override
    EntryWriter open() {
        try {
            return DirectoryEntryWriter.open("clients", folder, CLOCK);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Loader<EntryTable> gate() {
        return DirectoryStore.ofEntries("clients", folder, false, CLOCK);
    }

    @Override
    void addByHand(CertificateDigest digest, String label) throws Exception {
        Files.writeString(
                folder.resolve("clients.list"), digest + " label=" + label + " # by hand\n", StandardOpenOption.APPEND);
    }
}
