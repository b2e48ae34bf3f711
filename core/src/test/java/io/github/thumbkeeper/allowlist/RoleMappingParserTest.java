/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of {@code roleMapping}, in the setting and in a properties file. */
class RoleMappingParserTest {

    private static final String PIN = "sha256/RC5ggEzRqnZKvjFfOKI8hPQOZZt4yF0IFVo1pEqUh9U=";

    static List<Arguments> badSettings() {
        return List.of(
                Arguments.of("no separator", "alice", "assignment 1 [alice] has no [=]"),
                Arguments.of("a path without file:", "conf/roles.properties", "or file: and a path"),
                Arguments.of("a colon as separator", "alice: admin", "assignment 1 [alice: admin] has no [=]"),
                Arguments.of("no label", "=admin", "assignment 1 has no label before [=]"),
                Arguments.of("an empty label in quotes", "''=admin", "assignment 1 has no label before [=]"),
                Arguments.of("no role", "alice=", "assignment 1 has an empty role"),
                Arguments.of("an empty role in between", "alice=admin,,orders", "assignment 1 has an empty role"),
                Arguments.of("a comma at the end", "alice=admin,", "assignment 1 has an empty role"),
                Arguments.of("the second one", "alice=admin; bob", "assignment 2 [bob] has no [=]"),
                Arguments.of(
                        "a label with blanks",
                        "Partner A=orders",
                        "assignment 1 has the label [Partner A] without quotes around it"),
                Arguments.of(
                        "line breaks that XML made blanks",
                        "alice=admin bob=orders",
                        "assignment 1 has the role [admin bob=orders] with a blank"),
                Arguments.of("a comma between labels", "alice,bob=admin", "has the label [alice,bob] without quotes"),
                Arguments.of(
                        "roles in quotes", "alice=\"admin,orders\"", "has the role [\"admin] with a blank, a quote"),
                Arguments.of("a role in quotes", "alice='admin'", "has the role ['admin'] with a blank, a quote"),
                Arguments.of(
                        "roles separated by blanks", "alice=admin orders", "has the role [admin orders] with a blank"),
                Arguments.of("an apostrophe", "o'brien=admin", "has the label [o'brien] without quotes"),
                Arguments.of("an open quote", "\"Partner A=orders; bob=admin", "has a quote that does not end"),
                Arguments.of(
                        "only a label in quotes",
                        "\"Partner A\"",
                        "has a quote that does not end, or nothing after it"),
                Arguments.of("text after a quote", "\"Partner\" A=orders", "has text between the label and [=]"),
                Arguments.of("blanks in quotes", "\" alice\"=admin", "has a label with blanks at its ends"),
                Arguments.of("every role", "alice=*", "has the role [*], which means every role"),
                Arguments.of("every user", "alice=orders,**", "has the role [**], which means every role"),
                Arguments.of("an equals sign twice", "alice==admin", "has the role [=admin] with a blank"),
                Arguments.of("a pin without quotes", PIN + "=admin", "has the role [=admin]"),
                Arguments.of(
                        "a label twice",
                        "alice=admin; bob=x; alice=orders",
                        "assignment 3 has the label [alice] of assignment 1 again"),
                Arguments.of(
                        "a thumbprint in two forms",
                        "sha1:" + "ab".repeat(20) + "=admin; " + "AB".repeat(20) + "=orders",
                        "of assignment 1 again"),
                Arguments.of(
                        "a zero width space",
                        "ali\u200Bce=admin",
                        "has a label with the invisible character U+200B at its index 3"),
                Arguments.of(
                        "a no-break space",
                        "alice=admin,\u00A0orders",
                        "has a role with the invisible character U+00A0 at its index 0"),
                Arguments.of(
                        "a mark of order",
                        "\uFEFFalice=admin",
                        "has a label with the invisible character U+FEFF at its index 0"),
                Arguments.of("a tab in quotes", "\"a\tb\"=admin", "has a label with the invisible character U+0009"),
                Arguments.of("a placeholder", "alice=${role}", "has the role [${role}] with a placeholder"),
                Arguments.of("JSON", "{\"alice\": [\"admin\"]}", "has no [=]"),
                Arguments.of("a rule", "label=alice roles=admin", "has the role [alice roles=admin] with a blank"),
                Arguments.of(
                        "a certificate",
                        "-----BEGIN CERTIFICATE-----\nMIIB",
                        "the value looks like a PEM or DER file"));
    }

    @ParameterizedTest(name = "{0}: [{1}]")
    @MethodSource("badSettings")
    void refusesBadSettings(String what, String text, String told) {
        ParsedRoles parsed = RoleMappingParser.parse(text);

        assertThat(parsed.problems()).anySatisfy(problem -> assertThat(problem).contains(told));
        assertThat(parsed.assignments()).isEmpty();
    }

    @Test
    void reportsEveryProblem() {
        assertThat(RoleMappingParser.parse("alice; bob=; =x; carol=*; dave=ok").problems())
                .hasSize(4)
                .allSatisfy(
                        problem -> assertThat(problem).startsWith("assignment ").contains("; expected "));
        String many = IntStream.range(0, 100).mapToObj(i -> "a" + i).collect(Collectors.joining(";"));
        assertThat(RoleMappingParser.parse(many).problems()).hasSize(21).last().isEqualTo("and 80 more");
    }

    @Test
    void cutsALongValue() {
        assertThat(RoleMappingParser.parse("x".repeat(1000)).problems())
                .singleElement()
                .asString()
                .contains("x".repeat(80) + "...")
                .doesNotContain("x".repeat(81));
    }

    static List<Arguments> goodSettings() {
        return List.of(
                Arguments.of("alice=admin,orders; partner-*=orders", "{alice=[admin, orders], partner-*=[orders]}"),
                Arguments.of(" alice = admin , orders ;\tbob\t=\torders;", "{alice=[admin, orders], bob=[orders]}"),
                Arguments.of("alice=admin\nbob=orders\r\n\r\ncarol=x", "{alice=[admin], bob=[orders], carol=[x]}"),
                Arguments.of(";;alice=admin;;", "{alice=[admin]}"),
                Arguments.of("\"Partner A\"=orders", "{Partner A=[orders]}"),
                Arguments.of("'Partner A' = orders; 'a=b;c,d'=x", "{Partner A=[orders], a=b;c,d=[x]}"),
                Arguments.of("\"o'brien\"=admin", "{o'brien=[admin]}"),
                Arguments.of("müller=admin; 客户=orders", "{müller=[admin], 客户=[orders]}"),
                Arguments.of(
                        "alice=urn:example:admin,ROLE_ORDERS,a/b", "{alice=[ROLE_ORDERS, a/b, urn:example:admin]}"),
                Arguments.of("alice=admin,admin", "{alice=[admin]}"),
                Arguments.of("DOMAIN\\alice=admin", "{DOMAIN\\alice=[admin]}"),
                Arguments.of("alice@example.com=admin; a.b_c-d=x", "{a.b_c-d=[x], alice@example.com=[admin]}"),
                Arguments.of("'" + PIN + "'=admin", "{" + PIN + "=[admin]}"),
                Arguments.of("sha256:" + "ab".repeat(32) + "=admin", "{sha256:" + "ab".repeat(32) + "=[admin]}"),
                Arguments.of(
                        "'SHA1 Fingerprint=" + "AB:".repeat(19) + "AB'=x",
                        "{SHA1 Fingerprint=" + "AB:".repeat(19) + "AB=[x]}"));
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("goodSettings")
    void readsSettings(String text, String expected) {
        ParsedRoles parsed = RoleMappingParser.parse(text);

        assertThat(parsed.problems()).isEmpty();
        assertThat(shown(parsed)).isEqualTo(expected);
    }

    static List<Arguments> badFiles() {
        return List.of(
                Arguments.of("no separator", "# roles\n\nalice\n", "line 3 has no [=]"),
                Arguments.of("a blank as separator", "alice admin\n", "line 1 has no [=]"),
                Arguments.of(
                        "a label with blanks", "Partner A=orders\n", "line 1 has the label a text of 9 characters"),
                Arguments.of(
                        "a label with a colon", "sha256:ab=orders\n", "line 1 has the role a text of 9 characters"),
                Arguments.of(
                        "a label twice",
                        "alice=admin\n#\nalice=orders\n",
                        "line 3 has the label a text of 5 characters"),
                Arguments.of("semicolons", "alice=admin;bob=orders\n", "line 1 has the role "),
                Arguments.of("a single backslash", "DOMAIN\\dave=admin\n", "line 1 has a backslash before a letter"),
                Arguments.of("half an escape", "m\\u00fller=admin\n", "line 1 has a backslash before a letter"),
                Arguments.of("an escaped tab", "a\\\tb=admin\n", "invisible character U+0009"),
                Arguments.of("no role", "alice=\n", "line 1 has an empty role"),
                Arguments.of("after a continued line", "alice=admin,\\\n  orders\nbob\n", "line 3 has no [=]"),
                Arguments.of("continued into the next label", "alice=admin\\\nbob=orders\n", "line 1 has the role "),
                Arguments.of("YAML", "roles:\n  - alice: admin\n", "line 1 has an empty role"),
                Arguments.of("JSON", "{\n\"alice\": \"admin\"\n}\n", "line 1 has no [=]"),
                Arguments.of("an INI section", "[roles]\nalice=admin\n", "line 1 has no [=]"),
                Arguments.of("XML", "<roles>\n<role name=\"alice\">admin</role>\n", "line 1 has no [=]"),
                Arguments.of(
                        "a thumbprint list", "ab".repeat(32) + " label=alice roles=admin\n", "line 1 has the label"),
                Arguments.of("a password", "correct horse battery staple\n", "line 1 has no [=]"),
                Arguments.of("groups of the Apache server", "admin: alice bob\n", "line 1 has the role "),
                Arguments.of(
                        "a role of WildFly that is empty", "# $REALM_NAME=x$\nalice=\n", "line 2 has an empty role"),
                Arguments.of("properties in XML", "<?xml version=\"1.0\"?>\n<properties/>\n", "line 1 has the label "),
                Arguments.of("passwd", "root:x:0:0:root:/root:/bin/bash\nalice\n", "line 2 has no [=]"),
                Arguments.of("a merge conflict", "<<<<<<< HEAD\nalice=admin\n=======\n", "line 1 has no [=]"),
                Arguments.of("a line of a rule", "label=alice roles=admin\n", "line 1 has the role "),
                Arguments.of("exported variables", "export alice=admin\n", "line 1 has the label "),
                Arguments.of("a table", "label,role\nalice,admin\n", "line 2 has no [=]"),
                Arguments.of("a placeholder", "alice=${ROLE}\n", "line 1 has the role "),
                Arguments.of("an Ansible template", "{{ label }}=admin\n", "line 1 has the label "),
                Arguments.of("NUL", "alice\u0000=admin\n", "line 1 has a label with the invisible character U+0000"),
                Arguments.of("another mark", "\uFEFF\uFEFFalice=admin\n", "invisible character U+FEFF"),
                Arguments.of("a private key", "-----BEGIN PRIVATE KEY-----\nMIIB\n", "looks like a PEM or DER file"),
                Arguments.of(
                        "Tomcat's users",
                        "<user username=\"alice\" password=\"secret\" roles=\"admin\"/>\n",
                        "line 1 has the label "));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void refusesBadFiles(String what, String text, String told) {
        ParsedRoles parsed = RoleMappingParser.parseFile(text);

        assertThat(parsed.problems()).anySatisfy(problem -> assertThat(problem).contains(told));
        assertThat(parsed.assignments()).isEmpty();
        assertThat(String.join(" ", parsed.problems()))
                .as("a word of a file may be a password")
                .doesNotContain("horse", "secret", "DOMAIN", "Partner");
    }

    static List<Arguments> goodFiles() {
        return List.of(
                Arguments.of("alice=admin,orders\nbob=orders\n", "{alice=[admin, orders], bob=[orders]}"),
                Arguments.of("alice = admin, orders\r\nbob: x\r\n", "{alice=[admin, orders], bob=[x]}"),
                Arguments.of("alice=admin\rbob=x\r", "{alice=[admin], bob=[x]}"),
                Arguments.of("# one\n! two\n  # three\n\n \t\nalice=admin", "{alice=[admin]}"),
                Arguments.of("Partner\\ A=orders\n", "{Partner A=[orders]}"),
                Arguments.of("\"Partner A\"=orders\n'Partner B': x\n", "{Partner A=[orders], Partner B=[x]}"),
                Arguments.of("a\\=b\\:c=x\n", "{a=b:c=[x]}"),
                Arguments.of("m\\u00fcller=admin\n", "{müller=[admin]}"),
                Arguments.of("DOMAIN\\\\alice=admin\n", "{DOMAIN\\alice=[admin]}"),
                Arguments.of("alice=admin,\\\n    orders,\\\r\n\tx\nbob=y\n", "{alice=[admin, orders, x], bob=[y]}"),
                Arguments.of("alice=admin\\", "{alice=[admin]}"),
                Arguments.of("\\#alice=admin\n", "{#alice=[admin]}"),
                Arguments.of("partner-*=orders\n?=x\n", "{?=[x], partner-*=[orders]}"),
                Arguments.of("\"sha256:" + "ab".repeat(32) + "\"=x\n", "{sha256:" + "ab".repeat(32) + "=[x]}"),
                Arguments.of("# nothing\n", "{}"));
    }

    @ParameterizedTest(name = "[{0}]")
    @MethodSource("goodFiles")
    void readsFiles(String text, String expected) {
        ParsedRoles parsed = RoleMappingParser.parseFile(text);

        assertThat(parsed.problems()).isEmpty();
        assertThat(shown(parsed)).isEqualTo(expected);
    }

    /** Properties files that have the same meaning for {@link java.util.Properties}, since other tools write them. */
    @ParameterizedTest(name = "[{0}]")
    @MethodSource("goodFiles")
    void readsWhatPropertiesRead(String text, String expected) throws Exception {
        if (text.contains("\"")) {
            return;
        }
        java.util.Properties properties = new java.util.Properties();
        properties.load(new java.io.StringReader(text));
        Map<String, Set<String>> sorted = new TreeMap<>();
        properties.forEach((label, roles) ->
                sorted.put((String) label, new TreeSet<>(List.of(((String) roles).split("\\s*,\\s*")))));
        assertThat(sorted).hasToString(expected);
    }

    @Test
    @DisplayName("what java.util.Properties writes is read, unless a label has a quote, a comma or a semicolon")
    void readsWhatPropertiesWrite() throws Exception {
        java.util.Properties written = new java.util.Properties();
        for (String label : List.of(
                "alice",
                "Partner A",
                "a=b",
                "a:b",
                "#a",
                "!a",
                "DOMAIN\\alice",
                "m\u00FCller",
                "\u5BA2\u6237",
                PIN,
                "sha256:" + "ab".repeat(32),
                "x*",
                "\uD83D\uDE00")) {
            written.setProperty(label, "admin,urn:x:orders");
        }
        for (boolean escaped : new boolean[] {true, false}) {
            java.io.StringWriter characters = new java.io.StringWriter();
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            written.store(characters, "a comment");
            written.store(bytes, "a comment");
            ParsedRoles parsed = RoleMappingParser.parseFile(
                    escaped ? bytes.toString(StandardCharsets.US_ASCII) : characters.toString());

            assertThat(parsed.problems()).isEmpty();
            assertThat(parsed.assignments())
                    .hasSize(written.size())
                    .allMatch(each -> written.containsKey(each.label()))
                    .allMatch(each -> each.roles().equals(Set.of("admin", "urn:x:orders")));
        }
    }

    @Test
    void namesAFilesLabelsByTheirLine() {
        assertThat(RoleMappingParser.parseFile("#\nalice=admin\n").assignments())
                .containsExactly(new RoleAssignment("alice", Set.of("admin"), "line 2"));
        assertThat(RoleMappingParser.parse("alice=admin").assignments())
                .containsExactly(new RoleAssignment("alice", Set.of("admin"), "[alice]"));
    }

    private static String shown(ParsedRoles parsed) {
        Map<String, Set<String>> sorted = new TreeMap<>();
        parsed.assignments().forEach(each -> sorted.put(each.label(), new TreeSet<>(each.roles())));
        return sorted.toString();
    }
}
