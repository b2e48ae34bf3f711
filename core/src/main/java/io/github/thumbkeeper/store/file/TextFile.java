/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Loads a text file in UTF-8 and parses it.
 *
 * <p>Not thread-safe.
 *
 * @param <V> what is parsed; immutable
 */
public final class TextFile<V> implements Loader<V> {

    private final StoreFile file;
    private final Parser<V> parser;

    /** Parses the text. */
    @FunctionalInterface
    public interface Parser<V> {
        /**
         * Parses the text.
         *
         * @param previous the previous value, or null at the first load
         * @param warnings receives notices for the administrator, each a sentence
         * @throws StoreException if it cannot be parsed; the previous value stays in force
         */
        V parse(String text, @Nullable V previous, Consumer<String> warnings) throws StoreException;
    }

    /**
     * Creates a loader; nothing is read yet.
     *
     * @param location the file as the settings name it
     */
    public TextFile(String location, Path path, Parser<V> parser) {
        this.file = new StoreFile(location, path);
        this.parser = parser;
    }

    @Override
    public String location() {
        return file.name();
    }

    @Override
    public Loaded<V> load(@Nullable Loaded<V> previous) throws StoreException {
        StoreFile.Content content = file.read();
        if (previous != null && content.hash().equals(previous.state())) {
            return previous;
        }
        List<String> warnings = new ArrayList<>();
        V value = parser.parse(text(content.bytes()), previous == null ? null : previous.value(), warnings::add);
        return new Loaded<>(value, warnings, List.of(), content.hash());
    }

    private String text(byte[] bytes) throws StoreException {
        try {
            return TextEncoding.decode(bytes);
        } catch (CharacterCodingException e) {
            throw new StoreException(location(), "is not UTF-8 text; expected UTF-8", e);
        }
    }
}
