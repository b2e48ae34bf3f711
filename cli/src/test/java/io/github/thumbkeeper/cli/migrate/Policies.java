/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/** Parts of policy documents. */
final class Policies {

    static final String REFUSE =
            "<return-response><set-status code=\"403\" reason=\"Invalid client certificate\" /></return-response>";

    private Policies() {}

    /** Returns a policy that refuses with 403 if this is true. */
    static String refuse(String condition) {
        return "<choose>\n" + when(condition, REFUSE) + "</choose>\n";
    }

    static String when(String condition, String body) {
        return "  <when condition=\"@(" + condition + ")\">" + body + "</when>\n";
    }

    /** Returns a document with this inbound section. */
    static String inbound(String statements) {
        return "<policies>\n<inbound>\n<base />\n" + statements + "</inbound>\n<backend><base /></backend>\n"
                + "<outbound><base /></outbound>\n<on-error><base /></on-error>\n</policies>\n";
    }

    /** Returns a validation with these attributes and identities. */
    static String validate(String attributes, String... identities) {
        String list = identities.length == 0
                ? ""
                : "<identities>\n<identity " + String.join(" />\n<identity ", identities) + " />\n</identities>\n";
        return "<validate-client-certificate " + attributes + ">\n" + list + "</validate-client-certificate>\n";
    }
}
