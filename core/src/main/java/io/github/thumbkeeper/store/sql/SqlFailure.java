/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.store.StoreException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describes a database failure without the driver's texts, which may contain URLs with passwords: only exception classes and
 * codes are shown.
 */
public final class SqlFailure {

    private static final int MAX_CAUSES = 5;
    private static final Pattern STATE = Pattern.compile("[0-9A-Z]{5}");

    private SqlFailure() {}

    /**
     * Returns the exception to throw.
     *
     * @param doing the step that failed, such as {@code connecting}
     */
    public static StoreException of(String store, String doing, SqlOptions options, Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        StringBuilder why = new StringBuilder("is a database that fails while ").append(doing);
        String separator = ": ";
        for (Throwable each : chain) {
            why.append(separator).append(describe(each));
            separator = ", caused by ";
        }
        chain.stream()
                .map(each -> hint(each, options))
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(hint -> why.append("; ").append(hint));
        return new StoreException(store, why.toString(), LoggableFailure.of(thrown));
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable each = thrown; each != null && chain.size() < MAX_CAUSES; each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }

    private static String describe(Throwable thrown) {
        String name = thrown.getClass().getName();
        if (!(thrown instanceof SQLException sql)) {
            return name;
        }
        String state = state(sql);
        return name
                + (state == null ? "" : " [SQL state " + state + "]")
                + (sql.getErrorCode() == 0 ? "" : " [code " + sql.getErrorCode() + "]");
    }

    private static @Nullable String state(SQLException thrown) {
        String state = thrown.getSQLState();
        return state != null && STATE.matcher(state).matches() ? state : null;
    }

    private static @Nullable String hint(Throwable thrown, SqlOptions options) {
        if (!(thrown instanceof SQLException sql)) {
            return null;
        }
        String state = state(sql);
        if (thrown instanceof SQLTimeoutException || "57014".equals(state) || "70100".equals(state)) {
            return "it took longer than sqlTimeout=" + options.timeout().toSeconds() + "s allows";
        }
        return state == null ? null : hint(state.substring(0, 2));
    }

    /** Returns a hint for a class of SQL states (ISO/IEC 9075). */
    private static @Nullable String hint(String stateClass) {
        return switch (stateClass) {
            case "08" -> "there is no connection to the database";
            case "28" -> "the database does not accept the user or the password";
            case "42" -> "the query does not fit the database: a table or a column is missing, or the right to read it";
            default -> null;
        };
    }
}
