/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a password from the first line of a UTF-8 file. The password of an empty file is the empty text.
 *
 * <p>Needs no reloader of its own: it is read together with the store that it opens, and while it cannot be read, that store keeps
 * its last good list.
 */
public final class PasswordFile implements Loader<String> {

    private final String setting;
    private final Path file;

    /**
     * Names a file; nothing is read yet.
     *
     * @param setting the setting that names it, for messages
     */
    public PasswordFile(String setting, Path file) {
        this.setting = setting;
        this.file = file;
    }

    /** Returns the path, but only of a file that exists: the setting may contain the password itself by mistake. */
    @Override
    public String location() {
        return Files.exists(file) ? file.toString() : "the file of " + setting;
    }

    @Override
    public Loaded<String> load(@Nullable Loaded<String> previous) throws StoreException {
        StoreFile content = new StoreFile(location(), file);
        if (content.isEmpty()) {
            return new Loaded<>("", List.of(), List.of(), "");
        }
        requireNoKeyStore(content);
        return new TextFile<String>(location(), file, this::firstLine).load(previous);
    }

    private void requireNoKeyStore(StoreFile content) throws StoreException {
        FileKind kind = FileKind.of(content.read().bytes());
        if (kind.isKeyStore()) {
            throw new StoreException(
                    location(),
                    "is a " + kind + " key store and not the file of [" + setting + "]; were the two files swapped?",
                    null);
        }
    }

    private String firstLine(String text, @Nullable String previous, Consumer<String> warnings) throws StoreException {
        String line = text.lines().findFirst().orElse("");
        if (Placeholder.isAllOf(line)) {
            throw new StoreException(
                    location(),
                    "is the file of [" + setting
                            + "], but its first line (not shown) is a placeholder that nothing has replaced",
                    null);
        }
        return line;
    }
}
