/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.store.WatchedText;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a gate: those that stand in its settings, or those of a file, which are read again when it changes.
 *
 * <p>Used by one thread at a time, but for what says otherwise.
 */
public final class RuleBook {

    private final Rules fixed;
    private final @Nullable WatchedText<Rules> file;

    private RuleBook(Rules fixed, @Nullable WatchedText<Rules> file) {
        this.fixed = fixed;
        this.file = file;
    }

    /** Returns a book of rules that never change. */
    public static RuleBook of(Rules rules) {
        return new RuleBook(rules, null);
    }

    /** Returns a book that follows a file. */
    public static RuleBook of(WatchedText<Rules> file) {
        return new RuleBook(Rules.NONE, file);
    }

    /**
     * Reads the rules for the first time.
     *
     * @throws StoreException if they cannot be read or understood
     */
    void open() throws StoreException {
        if (file != null) {
            file.open();
        }
    }

    /** Looks for other rules; what cannot be read or understood stays as it was. Never throws. */
    void refresh() {
        if (file != null) {
            file.refresh();
        }
    }

    /** Returns the rules in force. Safe to call from any thread. */
    Rules rules() {
        Rules read = file == null ? fixed : file.value();
        if (read == null) {
            throw new IllegalStateException("the rules have not been read yet");
        }
        return read;
    }

    /** Returns the older of a moment on the ticker and the one at which the rules were read; what never changes has no age. */
    long olderOf(long readAt) {
        return file == null || readAt - file.readAt() < 0 ? readAt : file.readAt();
    }

    /** Returns how the file is, or null if there is none. Safe to call from any thread. */
    @Nullable
    StoreState state() {
        return file == null ? null : file.state(rules().size());
    }

    /** Returns what there is, for the log; empty if there is nothing. Safe to call from any thread. */
    public String summary() {
        if (file != null) {
            Rules read = file.value();
            return read == null
                    ? "[" + file.location() + "] not read yet"
                    : "[" + file.location() + "] " + read.size() + " rules loaded " + file.loaded();
        }
        return fixed.size() == 0 ? "" : "[identities] " + fixed.size() + " rules";
    }
}
