/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.store.Troubles.Trouble;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A text file that is looked at again and again, what it was understood as last, and the log of what happens to it.
 *
 * <p>Used by one thread at a time, but for what says otherwise.
 *
 * @param <T> what the text is understood as; immutable
 */
public final class WatchedText<T> {

    private final StoreFile file;
    private final Parser<T> parser;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final StoreLog log = new StoreLog();
    private final Troubles troubles;
    private @Nullable String hash;
    private volatile @Nullable T value;
    private volatile Instant loaded = Instant.EPOCH;
    private volatile long readAt;
    private volatile boolean failing;

    /** Understands the text. */
    @FunctionalInterface
    public interface Parser<T> {
        /**
         * Returns what the text says.
         *
         * @param warnings takes what the administrator should know, each a sentence
         * @throws StoreException if it cannot be understood; then what it was understood as before stays in force
         */
        T parse(String text, Consumer<String> warnings) throws StoreException;
    }

    /**
     * Names a file; nothing is read yet.
     *
     * @param location the file as the settings name it
     * @param ticker nanoseconds that never run backwards
     */
    public WatchedText(String location, Path path, Parser<T> parser, InstantSource clock, LongSupplier ticker) {
        this.file = new StoreFile(location, path);
        this.parser = parser;
        this.clock = clock;
        this.ticker = ticker;
        this.troubles = new Troubles(clock, log);
    }

    /** Returns the file as the settings name it. */
    public String location() {
        return file.name();
    }

    /** Returns what it was understood as last, or null if it never was. Safe to call from any thread. */
    public @Nullable T value() {
        return value;
    }

    /** Returns when the last reading began that was understood. Safe to call from any thread. */
    public long readAt() {
        return readAt;
    }

    /** Returns when it was read last, for the log. Safe to call from any thread. */
    public Instant loaded() {
        return loaded;
    }

    /**
     * Returns how the file is. Safe to call from any thread.
     *
     * @param entries the number of things that it says
     */
    public StoreState state(int entries) {
        return new StoreState(location(), entries, Duration.ofNanos(ticker.getAsLong() - readAt), failing);
    }

    /**
     * Reads the file for the first time.
     *
     * @throws StoreException if it cannot be read or understood
     */
    public void open() throws StoreException {
        read();
    }

    /** Looks at the file again; never throws. */
    public void refresh() {
        try {
            read();
            failing = false;
            troubles.tellAll(List.of(), "it is read again");
        } catch (StoreException | RuntimeException e) {
            failing = true;
            troubles.tell(List.of(new Trouble(
                    "TK-301", location(), told(e) + "; what it said before stays in force, read " + loaded)));
        }
    }

    private String told(Exception e) {
        return e instanceof StoreException
                ? String.valueOf(e.getMessage())
                : "store [" + location() + "] could not be read: "
                        + e.getClass().getName();
    }

    private void read() throws StoreException {
        long now = ticker.getAsLong();
        StoreFile.Content content = file.read();
        if (!content.hash().equals(hash)) {
            List<String> warnings = new ArrayList<>();
            value = parser.parse(text(content.bytes()), warnings::add);
            warnings.forEach(each -> log.write(Level.WARNING, "TK-306 store [" + location() + "] " + each));
            hash = content.hash();
            loaded = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        }
        readAt = now;
    }

    private String text(byte[] bytes) throws StoreException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new StoreException(location(), "is not UTF-8 text; accepted: UTF-8", e);
        }
    }
}
