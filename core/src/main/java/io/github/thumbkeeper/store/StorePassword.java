/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The password of a key store file, or that there is none, and how the administrator names it.
 *
 * <p>Immutable and safe to share between threads. Its text never shows the password.
 */
public final class StorePassword {

    private final String setting;
    private final @Nullable String value;

    private StorePassword(String setting, @Nullable String value) {
        this.setting = setting;
        this.value = value;
    }

    /** Returns the password a setting gives, or that there is none; messages tell the administrator to use the setting. */
    public static StorePassword of(String setting, @Nullable String value) {
        return new StorePassword(setting, value);
    }

    /**
     * Returns the password that is the first line of a UTF-8 file.
     *
     * @param setting the setting that names the file
     * @throws StoreException if the file cannot be read or its first line is empty
     */
    public static StorePassword readFrom(String setting, Path file) throws StoreException {
        byte[] bytes = new StoreFile(file.toString(), file).read().bytes();
        String line =
                new String(bytes, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        if (line.isEmpty()) {
            throw new StoreException(
                    file.toString(), "is the file of [" + setting + "], but its first line is empty", null);
        }
        return new StorePassword(setting, line);
    }

    String setting() {
        return setting;
    }

    char @Nullable [] chars() {
        return value == null ? null : value.toCharArray();
    }

    @Override
    public String toString() {
        return setting + (value == null ? " (none)" : " (not shown)");
    }
}
