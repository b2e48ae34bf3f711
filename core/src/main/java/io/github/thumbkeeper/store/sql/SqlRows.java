/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import io.github.thumbkeeper.store.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;

/** The result of a query, row after row, as long as there is time. Used by one thread. */
final class SqlRows {

    private final ResultSet result;
    private final Deadline deadline;
    private int number;

    SqlRows(ResultSet result, Deadline deadline) {
        this.result = result;
        this.deadline = deadline;
    }

    /** Goes to the next row and returns whether there is one. */
    boolean next() throws SQLException {
        if (deadline.left().isNegative()) {
            throw new SQLTimeoutException();
        }
        number++;
        return result.next();
    }

    /** Returns the number of the row, from 1. */
    int number() {
        return number;
    }

    /** Returns the row, or before the first one what knows the columns. */
    ResultSet row() {
        return result;
    }
}
