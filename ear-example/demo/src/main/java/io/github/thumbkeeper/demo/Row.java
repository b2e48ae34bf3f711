/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.PrintStream;
import java.util.List;

/**
 * One line of the table.
 *
 * @param call what was asked
 * @param certificate what the client presented
 * @param expected the status, and who the caller is or why it is refused
 * @param got the status and the caller
 * @param code the code of the reason in the access log, or {@code -}
 */
record Row(String call, String certificate, String expected, String got, String code) {

    boolean isExpected() {
        return expected.equals(code.equals("-") ? got : got + " " + code);
    }

    static void print(List<Row> rows, PrintStream out) {
        String format = "  %-20s %-38s %-23s %-23s %-7s %s%n";
        out.printf(format, "CALL", "CERTIFICATE", "EXPECTED", "GOT", "CODE", "");
        for (Row row : rows) {
            String verdict = row.isExpected() ? "ok" : "UNEXPECTED";
            out.printf(format, row.call, row.certificate, row.expected, row.got, row.code, verdict);
        }
    }
}
