/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.list;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.write.DirectoryEntryWriter;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.SqlEntryWriter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the list that the context parameter {@code list} names: the absolute path of a folder, or the {@code java:} name of a {@code
 * DataSource} whose database has the table {@code thumbkeeper_client}.
 */
public final class ListLocation {

    private static final String PARAMETER = "list";

    private ListLocation() {}

    /**
     * Opens the list; null if none is set.
     *
     * @throws ServletException if it cannot be read and written
     */
    public static @Nullable EntryWriter open(ServletContext context, InstantSource clock) throws ServletException {
        String location = context.getInitParameter(PARAMETER);
        if (location == null || location.isBlank()) {
            return null;
        }
        try {
            return location.startsWith("java:") ? database(location, clock) : folder(location, clock);
        } catch (StoreException | NamingException | InvalidPathException e) {
            throw new ServletException(
                    "TK-430 the console does not start: " + PARAMETER + " [" + location + "]: " + e.getMessage(), e);
        }
    }

    private static EntryWriter folder(String location, InstantSource clock) throws StoreException, ServletException {
        Path folder = Path.of(location);
        if (!folder.isAbsolute()) {
            throw new ServletException("TK-430 the console does not start: " + PARAMETER + " [" + location
                    + "] is relative; expected the absolute path of a folder, or a java: name");
        }
        return DirectoryEntryWriter.open(location, folder, clock);
    }

    @SuppressWarnings("BanJNDI") // the name comes from the settings and is a java: name, never from a request
    private static EntryWriter database(String location, InstantSource clock)
            throws NamingException, StoreException, ServletException {
        if (new InitialContext().lookup(location) instanceof DataSource source) {
            return SqlEntryWriter.open(location, source, clock);
        }
        throw new ServletException("TK-430 the console does not start: " + PARAMETER + " [" + location
                + "] is not a javax.sql.DataSource; expected one");
    }
}
