/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;

/** Kinds of column types that the store distinguishes. */
enum SqlType {
    TEXT("text"),
    BYTES("bytes"),
    TIME("a timestamp"),
    FLAG("a boolean or a number"),
    OTHER("another type");

    private final String description;

    SqlType(String description) {
        this.description = description;
    }

    /** Returns the kind for a constant of {@link Types}. */
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

    String description() {
        return description;
    }

    /** Returns a text that differs for different values, to compare markers; empty for null. */
    String comparable(ResultSet row, int index) throws SQLException {
        if (this != BYTES) {
            String text = row.getString(index);
            return text == null ? "" : "=" + text;
        }
        byte[] bytes = row.getBytes(index);
        return bytes == null ? "" : "=" + HexFormat.of().formatHex(bytes);
    }
}
