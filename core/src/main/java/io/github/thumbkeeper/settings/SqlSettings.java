/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.sql.SqlOptions;

/** Reads the settings of stores in databases. */
final class SqlSettings {

    private final SettingValues values;

    SqlSettings(SettingValues values) {
        this.values = values;
    }

    SqlOptions options() {
        String changes = values.text(Setting.SQL_CHANGE_QUERY);
        SqlOptions options = rows().within(values.duration(Setting.SQL_TIMEOUT));
        if (changes == null) {
            return options;
        }
        return options.changesBy(changes.equals("none") ? null : changes);
    }

    private SqlOptions rows() {
        String query = values.text(Setting.SQL_QUERY);
        if (query != null) {
            if (values.isSet(Setting.SQL_TABLE)) {
                values.conflict(Setting.SQL_QUERY, "is set in addition to [sqlTable]; expected one of the two");
            }
            return SqlOptions.ofQuery(query);
        }
        String table = String.valueOf(values.text(Setting.SQL_TABLE));
        if (!SqlOptions.isTable(table)) {
            values.problem(
                    Setting.SQL_TABLE,
                    SafeText.quoted(table) + " is not valid; expected the name of a table, with or without its"
                            + " schema, of letters, digits and _, such as gate.clients");
            return SqlOptions.DEFAULTS;
        }
        return SqlOptions.ofTable(table);
    }
}
