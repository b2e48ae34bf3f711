/**
 * Loads entries from a database table or query.
 *
 * <p>One load is one read-only transaction of a borrowed connection ({@code SqlConnection}): first the row of changes, then, if it
 * differs from the last one, all rows. {@code SqlColumns} checks the columns, {@code SqlEntry} turns each row into an entry.
 * {@code SqlFailure} describes failures without the texts of the driver, which may contain the password.
 *
 * <p>The tables of the default options are in {@code /io/github/thumbkeeper/sql} of the jar.
 */
@NullMarked
package io.github.thumbkeeper.store.sql;

import org.jspecify.annotations.NullMarked;
