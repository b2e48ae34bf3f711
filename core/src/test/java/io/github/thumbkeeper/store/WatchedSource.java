/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Hands out the connections of a real database, counts them, and lets a test do something at a certain moment. */
final class WatchedSource implements BareSource {

    private static final String NONE = "";

    private final DataSource source;
    private final List<String> queries = new ArrayList<>();
    private int open;
    private boolean weak;
    private Hook afterQuery = query -> {};
    private Hook afterRow = query -> {};

    /** Is called with a query. */
    @FunctionalInterface
    interface Hook {
        void call(String query) throws Exception;
    }

    WatchedSource(DataSource source) {
        this.source = source;
    }

    /** Returns the queries that were run since the last call. */
    List<String> queries() {
        List<String> all = List.copyOf(queries);
        queries.clear();
        return all;
    }

    /** Makes connections that know no isolation of transactions but the least. */
    void weaken() {
        weak = true;
    }

    int open() {
        return open;
    }

    void afterQuery(Hook hook) {
        afterQuery = hook;
    }

    void afterRow(Hook hook) {
        afterRow = hook;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = source.getConnection();
        open++;
        return proxy(Connection.class, connection, NONE);
    }

    private <T> T proxy(Class<T> type, T target, String query) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (weak && method.getName().equals("setTransactionIsolation")) {
                        return null;
                    }
                    try {
                        return watch(method.getName(), method.invoke(target, arguments), arguments, query);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private Object watch(String method, Object result, Object[] arguments, String query) throws Exception {
        if (result instanceof Statement statement && method.equals("createStatement")) {
            return proxy(Statement.class, statement, "not run yet");
        }
        if (result instanceof ResultSet rows) {
            String text = String.valueOf(arguments[0]);
            queries.add(text);
            afterQuery.call(text);
            return proxy(ResultSet.class, rows, text);
        }
        if (method.equals("next")) {
            afterRow.call(query);
        }
        if (method.equals("close") && query.equals(NONE)) {
            open--;
        }
        return result;
    }
}
