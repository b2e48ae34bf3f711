/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Password of a store, with the setting it comes from: unset, a text, or the first line of a file. The file is read each time,
 * so that the password can change together with the store.
 *
 * <p>Thread-safe. Its text never shows the password.
 */
public final class StorePassword {

    private final String setting;
    private final @Nullable String value;
    private final @Nullable Path file;

    private StorePassword(String setting, @Nullable String value, @Nullable Path file) {
        this.setting = setting;
        this.value = value;
        this.file = file;
    }

    /**
     * Returns a password from the settings.
     *
     * @param setting the setting, for messages
     * @param value its value, or null if it is not set
     */
    public static StorePassword of(String setting, @Nullable String value) {
        return new StorePassword(setting, value, null);
    }

    /**
     * Returns a password from the first line of a UTF-8 file.
     *
     * @param setting the setting that names the file
     * @throws StoreException if the file cannot be read now or its first line is empty
     */
    public static StorePassword readFrom(String setting, Path file) throws StoreException {
        StorePassword password = new StorePassword(setting, null, file);
        password.chars();
        return password;
    }

    String setting() {
        return setting;
    }

    /**
     * Returns the password, or null if it is not set.
     *
     * @throws StoreException if its file cannot be read now
     */
    public char @Nullable [] chars() throws StoreException {
        if (file != null) {
            return firstLine(file).toCharArray();
        }
        return value == null ? null : value.toCharArray();
    }

    private String firstLine(Path file) throws StoreException {
        // The setting may contain the password itself by mistake, so only the path of an existing file is shown.
        String name = Files.exists(file) ? file.toString() : "the file of " + setting;
        byte[] bytes = new StoreFile(name, file).read().bytes();
        String line =
                new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new StoreException(name, "is the file of [" + setting + "], but its first line is empty", null);
        }
        if (Placeholder.isAllOf(line)) {
            throw new StoreException(
                    name,
                    "is the file of [" + setting
                            + "], but its first line (not shown) is a placeholder that nothing has replaced",
                    null);
        }
        return line;
    }

    @Override
    public String toString() {
        return setting + (value == null && file == null ? " (none)" : " (not shown)");
    }
}
