/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;

/** The types of columns, as far as they matter here. */
enum SqlType {
    TEXT("text"),
    BYTES("bytes"),
    TIME("a timestamp"),
    FLAG("a boolean or a number"),
    OTHER("another type");

    private final String words;

    SqlType(String words) {
        this.words = words;
    }

    /** Returns the type for one of {@link Types}. */
    static SqlType of(int type) {
        return switch (type) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.CLOB,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.NCLOB -> TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> TIME;
            case Types.BOOLEAN,
                    Types.BIT,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.NUMERIC,
                    Types.DECIMAL -> FLAG;
            default -> OTHER;
        };
    }

    String words() {
        return words;
    }

    /** Returns a text that differs whenever the value does; that of null is empty. */
    String comparable(ResultSet row, int index) throws SQLException {
        if (this != BYTES) {
            String text = row.getString(index);
            return text == null ? "" : "=" + text;
        }
        byte[] bytes = row.getBytes(index);
        return bytes == null ? "" : "=" + HexFormat.of().formatHex(bytes);
    }
}
