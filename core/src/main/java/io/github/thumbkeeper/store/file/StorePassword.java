/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Password of a store, with the setting it comes from: unset, a text, or the first line of a file. The file is read each time,
 * so that the password can change together with the store. A text or a file may be empty: that is the empty password.
 *
 * <p>Thread-safe. Its text never shows the password.
 */
public abstract sealed class StorePassword {

    private final String setting;

    private StorePassword(String setting) {
        this.setting = setting;
    }

    /**
     * Returns a password from the settings.
     *
     * @param setting the setting, for messages; the setting for a file has the same name with {@code File}
     * @param value its value, or null if it is not set
     */
    public static StorePassword of(String setting, @Nullable String value) {
        return value == null
                ? notSet(
                        setting,
                        "set [" + setting + "] or [" + setting
                                + "File]; for a key store without a password, or with the" + " empty one, set "
                                + setting + "=\"\"")
                : new Text(setting, value);
    }

    /**
     * Returns the password that is not set.
     *
     * @param remedy says how to set it; a clause without a subject
     */
    public static StorePassword notSet(String setting, String remedy) {
        return new Unset(setting, remedy);
    }

    /**
     * Returns a password from the first line of a UTF-8 file.
     *
     * @param setting the setting that names the file
     * @throws StoreException if the file cannot be read now
     */
    public static StorePassword readFrom(String setting, Path file) throws StoreException {
        FirstLine password = new FirstLine(setting, file);
        password.chars();
        return password;
    }

    /** Returns the setting, for messages. */
    final String setting() {
        return setting;
    }

    /**
     * Returns the password, which must be set.
     *
     * @param store the key store that it opens, for messages
     * @param kind the kind of the key store
     * @throws StoreException if it is not set, or its file cannot be read now
     */
    abstract char[] require(String store, FileKind kind) throws StoreException;

    /**
     * Returns the password, or null if it is not set.
     *
     * @throws StoreException if its file cannot be read now
     */
    public abstract char @Nullable [] chars() throws StoreException;

    @Override
    public final String toString() {
        return setting + (this instanceof Unset ? " (none)" : " (not shown)");
    }

    private static final class Unset extends StorePassword {

        private final String remedy;

        Unset(String setting, String remedy) {
            super(setting);
            this.remedy = remedy;
        }

        @Override
        char[] require(String store, FileKind kind) throws StoreException {
            // Without a password, the JDK opens a JKS unverified and a PKCS12 without its certificates.
            throw StoreException.misconfigured(store, "is a " + kind + " key store and no password is set; " + remedy);
        }

        @Override
        public char @Nullable [] chars() {
            return null;
        }
    }

    private static final class Text extends StorePassword {

        private final String value;

        Text(String setting, String value) {
            super(setting);
            this.value = value;
        }

        @Override
        char[] require(String store, FileKind kind) {
            return chars();
        }

        @Override
        public char[] chars() {
            return value.toCharArray();
        }
    }

    private static final class FirstLine extends StorePassword {

        private final PasswordFile file;

        FirstLine(String setting, Path file) {
            super(setting);
            this.file = new PasswordFile(setting, file);
        }

        @Override
        char[] require(String store, FileKind kind) throws StoreException {
            return chars();
        }

        @Override
        public char[] chars() throws StoreException {
            return file.load(null).value().toCharArray();
        }
    }
}
