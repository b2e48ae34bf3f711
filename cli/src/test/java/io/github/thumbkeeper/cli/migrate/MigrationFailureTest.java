/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import io.github.thumbkeeper.testkit.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are not translated. {@code ¦} marks the place that the problem names. */
class MigrationFailureTest {

    private static final String MISSING = "context.Request.Certificate == null || ";
    private static final String THUMBPRINT = "context.Request.Certificate.Thumbprint";
    private static final String ALICE = THUMBPRINT + " != \"%ALICE%\"";
    private static final String CHECKED = Policies.refuse(MISSING + ALICE);

    static Stream<Arguments> documents() {
        return Stream.of(syntax(), brackets(), expressions(), values(), meanings(), structures(), validations())
                .flatMap(rows -> rows);
    }

    private static Arguments row(String name, String document, String problem) {
        return Arguments.of(name, document, problem);
    }

    private static Arguments condition(String name, String condition, String problem) {
        return row(name, Policies.refuse(condition), problem);
    }

    private static Stream<Arguments> syntax() {
        return Stream.of(
                row("an empty document", "¦", "the document is empty"),
                row("a comment only", "¦<!-- <choose/> -->", "the document is empty"),
                row("another kind of file", "¦password=x\n", "this is not a policy document"),
                row("an element without an end tag", "\n ¦<choose>\n<when/>", "[choose] has no end tag"),
                row("another end tag", "<a>\r\n <b>¦</a></b>", "the end tag is that of [a]; expected that of [b]"),
                row("an end tag too many", "<a/>\n¦</a>", "the end tag has no start tag"),
                row("an attribute without quotes", "<a b=¦c/>", "a quote is expected before the value of [b]"),
                row("an attribute without a value", "<a b¦/>", "[=] is expected after the name of the attribute [b]"),
                row("an attribute that does not end", "<a b=\"¦c/>", "the value of [b] does not end"),
                row("an attribute twice", "<a b='1' ¦b='2'/>", "[b] is given twice"),
                row("attributes without a blank", "<a b='1'¦c='2'/>", "a blank is expected"),
                row("a tag without a name", "¦<a>< b/></a>".replace("¦<a><", "<a><¦"), "the name of an element"),
                row("a comment that does not end", "<a/><!--¦ <b/>", "the comment does not end"),
                row(
                        "a document type with an external entity",
                        "¦<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                        "a document type is not allowed"),
                row("an unknown entity", "<a b=\"¦&x;\"/>", "[&] does not begin a known entity"),
                row("a reference to a control character", "<a>¦&#27;</a>", "[&] does not begin a known entity"),
                row("a control character", "<a b=\"¦\u001b[31m\"/>", "a control character is not allowed"),
                row(
                        "elements that are nested too deeply",
                        "<a>".repeat(100) + "¦<a>".repeat(1) + "<a>".repeat(9000),
                        "100 elements"),
                row(
                        "a document that is too long",
                        "¦" + " ".repeat(Migration.LONGEST + 1),
                        "expected at most 1048576"));
    }

    private static Stream<Arguments> brackets() {
        return Stream.of(
                condition(
                        "a bracket too many",
                        MISSING + ALICE + ")¦",
                        "[\"] is expected after the expression of [condition]"),
                condition("another bracket", "(" + MISSING + ALICE + "¦]", "[]] does not match"),
                row(
                        "a bracket too few",
                        Policies.refuse("(" + MISSING + ALICE).replace("\" />", "¦\" />"),
                        "is a bracket before it not closed?"),
                condition(
                        "a string that does not end",
                        MISSING + THUMBPRINT + " != ¦\"%ALICE%\n",
                        "the string does not end"),
                condition(
                        "a quote after a string",
                        MISSING + THUMBPRINT + " != ¦\"%ALICE%\"\"\"",
                        "followed by another quote"),
                condition(
                        "an unknown escape",
                        MISSING + THUMBPRINT + " != \"\\¦x41\"",
                        "the escape in the string is unknown"),
                condition(
                        "a comment to the end of the line",
                        "¦// no\n" + MISSING + ALICE,
                        "a comment to the end of the line"),
                condition("brackets that are nested too deeply", "(".repeat(99) + "¦(", "brackets are open"),
                condition(
                        "operators that are nested too deeply",
                        "!".repeat(200) + "¦!" + "!".repeat(99) + MISSING + ALICE,
                        "nested"),
                condition("members that are nested too deeply", "a" + ".b".repeat(200) + ".b¦.b", "nested too deeply"),
                condition("two operators", MISSING + "¦|| " + ALICE, "has [||] here; expected an operand"),
                condition("no operator", MISSING + THUMBPRINT + " ¦\"%ALICE%\"", "has [%ALICE%] here; expected [)]"),
                condition("nothing", "¦", "has [)] here; expected an operand"));
    }

    private static Stream<Arguments> expressions() {
        return Stream.of(
                condition(
                        "an unknown property",
                        MISSING + "¦context.Request.Certificate.FriendlyName != \"x\"",
                        "expected Thumbprint"),
                condition(
                        "the public key",
                        MISSING + "¦context.Request.Certificate.GetPublicKeyString() != \"x\"",
                        "expected Thumbprint"),
                condition(
                        "a part of a subject",
                        MISSING + "!¦context.Request.Certificate.Subject.Contains(\"CN=a\")",
                        "expected"),
                condition(
                        "a substring of the thumbprint",
                        MISSING + "!¦" + THUMBPRINT + ".StartsWith(\"AB\")",
                        "expected"),
                condition(
                        "a subject without regard to case",
                        MISSING
                                + "!¦context.Request.Certificate.Subject.Equals(\"CN=a\", StringComparison.OrdinalIgnoreCase)",
                        "without regard to case"),
                condition(
                        "a subject in lower case",
                        MISSING + "¦context.Request.Certificate.Issuer.ToLower() != \"cn=a\"",
                        "regard to case"),
                condition(
                        "another comparison",
                        MISSING + "!string.Equals(" + THUMBPRINT + ", \"%ALICE%\", ¦3)",
                        "StringComparison"),
                condition(
                        "the path",
                        MISSING + "(¦context.Request.Url.Path != \"/open\" && " + ALICE + ")",
                        "is not understood"),
                condition("a header field", "context.Request.Headers¦[\"X-ARR-ClientCert\"] == null", "has [[] here"),
                condition(
                        "a variable of the gateway",
                        MISSING + "!((bool)¦context.Variables[\"cert\"])",
                        "has [context] here"),
                condition("a named value as the condition", "¦{{certificate-check}}", "expected an operand"),
                condition(
                        "a nullable condition",
                        "¦!context.Request.Certificate?.Verify()".replace("¦!", "!¦"),
                        "is not understood"),
                condition(
                        "a member of a nullable value",
                        "(context.Request.Certificate?.Thumbprint)¦.ToUpper() != \"%ALICE%\"",
                        "brackets"),
                condition(
                        "uploaded others",
                        MISSING + "¦context.Deployment.Certificates.Any(c => c.Value.Thumbprint != " + THUMBPRINT + ")",
                        "c => c"),
                condition(
                        "uploaded with another condition",
                        MISSING + "!¦context.Deployment.Certificates.Any(c => c.Value.Thumbprint == " + THUMBPRINT
                                + " && true)",
                        "c => c.Value.Thumbprint =="),
                condition(
                        "uploaded by subject",
                        MISSING + "!context.Deployment.Certificates.Any(c => ¦c.Value.Subject == \"CN=a\")",
                        "known property"),
                condition(
                        "uploaded by key",
                        MISSING + "!¦context.Deployment.Certificates.ContainsKey(" + THUMBPRINT + ")",
                        "is not understood"),
                condition(
                        "a date by text",
                        MISSING
                                + "¦DateTime.Parse(context.Request.Certificate.GetExpirationDateString()) < DateTime.Now",
                        "is not understood"),
                condition(
                        "a date with ?.",
                        MISSING + "¦context.Request.Certificate?.NotAfter < DateTime.Now",
                        "without ?."),
                condition("two strings", MISSING + "¦\"a\" != \"b\"", "a comparison of a property"),
                condition("an interpolated string", MISSING + THUMBPRINT + " != ¦$\"{1}\"", "expected an operand"),
                condition("a number", MISSING + "¦" + THUMBPRINT + ".Length != 40", "a known property"),
                condition("a number as the other operand", MISSING + "¦40 == " + THUMBPRINT, "or a string"),
                row(
                        "a loop",
                        Policies.refuse("X")
                                .replace(
                                        "@(X)",
                                        "@{ ¦foreach (var c in context.Deployment.Certificates) { return true; } return false; }"),
                        "expected var NAME"),
                condition("a variable that is not set", MISSING + "¦thumbprint != \"%ALICE%\"", "is not understood"));
    }

    private static Stream<Arguments> values() {
        return Stream.of(
                condition(
                        "the value of the documentation",
                        MISSING + THUMBPRINT + " != ¦\"desired-thumbprint\"",
                        "the thumbprint [desired-thumbprint]"),
                condition("a letter for a digit", MISSING + THUMBPRINT + " != ¦\"O%ALICE%\"", "the letter O"),
                condition("an empty thumbprint", MISSING + THUMBPRINT + " != ¦\"\"", "the thumbprint"),
                condition("two thumbprints", MISSING + THUMBPRINT + " != ¦\"%ALICE%,%BOB%\"", "has the character [,]"),
                condition(
                        "an empty list",
                        MISSING + "!¦\",\".Split(',').Contains(" + THUMBPRINT + ")",
                        "a list of thumbprints"),
                condition(
                        "a named value in a text",
                        MISSING + "context.Request.Certificate.Subject != ¦\"CN={{name}}\"",
                        "the named value alone"),
                condition(
                        "a parameter of a template",
                        MISSING + THUMBPRINT + " != ¦\"${var.thumbprint}\"",
                        "that the document does not have"),
                condition(
                        "an issuer that is not a name",
                        MISSING + "context.Request.Certificate.Issuer != ¦\"trusted-issuer\"",
                        "is not a distinguished name"),
                condition(
                        "an issuer with an open quote",
                        MISSING + "context.Request.Certificate.Issuer != ¦\"O=\\\"a\"",
                        "is not a distinguished name"),
                condition(
                        "a subject with an unknown keyword",
                        MISSING + "context.Request.Certificate.Subject != ¦\"XX=a\"",
                        "[XX] is not a known keyword"),
                condition(
                        "a subject with both quotes",
                        MISSING
                                + "context.Request.Certificate.Subject != ¦\"O=\\\"a'\"\"b\\\"\""
                                        .replace("\"\"b", "\\\"\\\"b"),
                        "both kinds of quotes"),
                condition(
                        "a serial number with a prefix",
                        MISSING + "context.Request.Certificate.SerialNumber != ¦\"0x0A\"",
                        "is not hex"),
                condition(
                        "a serial number without 00",
                        MISSING + "context.Request.Certificate.SerialNumber != ¦\"FF01\"",
                        "never matches"),
                condition(
                        "a serial number with zeros",
                        MISSING + "context.Request.Certificate.SerialNumber != ¦\"000A\"",
                        "never matches"));
    }

    private static Stream<Arguments> meanings() {
        String verify = "context.Request.Certificate.Verify()";
        return Stream.of(
                row(
                        "no check",
                        "¦" + Policies.inbound("<rate-limit calls=\"5\" renewal-period=\"60\" />"),
                        "does not check a client certificate"),
                row(
                        "every certificate",
                        "\n¦" + Policies.refuse("context.Request.Certificate == null"),
                        "admits every certificate"),
                condition(
                        "every certificate in force",
                        MISSING + "¦context.Request.Certificate.NotAfter < DateTime.Now",
                        "admits every certificate"),
                condition("a deny list alone", MISSING + THUMBPRINT + " == ¦\"%ALICE%\"", "admits every certificate"),
                condition(
                        "all but a subject",
                        MISSING + "!" + verify.replace("con", "¦con")
                                + " || context.Request.Certificate.Subject == \"CN=a\"",
                        "by a property that they do not have"),
                condition(
                        "all but the uploaded ones, if there is a certificate",
                        "context.Request.Certificate != null && context.Deployment.Certificates.Any(c => ¦c.Value.Thumbprint == "
                                + THUMBPRINT + ")",
                        "by a property that they do not have"),
                condition(
                        "no certificate",
                        MISSING + THUMBPRINT + " != ¦\"%ALICE%\" || " + THUMBPRINT + " != \"%BOB%\"",
                        "refuses every valid certificate"),
                condition(
                        "unverified certificates",
                        MISSING + "¦" + verify + " || " + ALICE,
                        "refuses every valid certificate"),
                condition(
                        "certificates that have ended",
                        MISSING + "!(¦context.Request.Certificate.NotAfter < DateTime.Now) || " + ALICE,
                        "refuses every valid certificate"),
                condition(
                        "verified in part",
                        MISSING + "(" + ALICE + " && (!¦" + verify + " || " + THUMBPRINT + " != \"%BOB%\"))",
                        "for some of its certificates only"),
                condition(
                        "a name or a thumbprint",
                        MISSING + "(" + THUMBPRINT
                                + " != ¦\"%ALICE%\" && context.Request.Certificate.Subject != \"CN=a\")",
                        "document for each of two gates"),
                condition(
                        "a named value that may be the refused one",
                        MISSING + THUMBPRINT + " != ¦\"{{allowed}}\" || " + ALICE.replace("!=", "=="),
                        "may be the same"),
                condition(
                        "a subject written in two ways",
                        MISSING + "context.Request.Certificate.Subject != ¦\"CN=a, O=b\" || "
                                + "context.Request.Certificate.Subject == \"OID.2.5.4.3=a,o=b\"",
                        "may be the same"),
                condition(
                        "a SHA-1 and a SHA-256 thumbprint that may be of one certificate",
                        MISSING + THUMBPRINT + " != ¦\"%ALICE%\" || " + THUMBPRINT + " == \"%ALICE.sha256%\"",
                        "may be the same"),
                condition(
                        "two subjects at once",
                        MISSING + "!" + verify.replace("con", "¦con")
                                + " || context.Request.Certificate.Subject != \"CN=a\" || context.Request.Certificate.Subject != \"CN=b\"",
                        "refuses every valid certificate"),
                condition(
                        "too many values",
                        MISSING
                                + IntStream.range(0, 5000)
                                        .mapToObj(i -> THUMBPRINT + " != " + (i == 0 ? "¦" : "") + "\""
                                                + String.format("%040X", i + 1) + "\"")
                                        .collect(Collectors.joining(" && ")),
                        "too many kinds of certificates"));
    }

    private static Stream<Arguments> structures() {
        return Stream.of(
                row(
                        "a condition that is no expression",
                        "<choose>¦<when condition=\"context.Request.Certificate == null\">" + Policies.REFUSE
                                + "</when></choose>",
                        "a condition that is an expression"),
                row(
                        "no condition",
                        "<choose>¦<when>" + Policies.REFUSE + "</when>"
                                + Policies.when(MISSING + ALICE, Policies.REFUSE) + "</choose>",
                        "a condition that is an expression"),
                row(
                        "otherwise first",
                        "<choose>¦<otherwise/>" + Policies.when(MISSING + ALICE, Policies.REFUSE) + "</choose>",
                        "<otherwise> is not expected here"),
                row(
                        "another element in choose",
                        "<choose>" + Policies.when(MISSING + ALICE, Policies.REFUSE) + "¦<if/></choose>",
                        "<if> is not expected here"),
                row("text in choose", CHECKED.replace("</choose>", "¦x</choose>"), "text is not expected in <choose>"),
                row(
                        "another attribute of when",
                        CHECKED.replace("<when ", "<when ¦id=\"1\" "),
                        "[id] is not an attribute of <when>"),
                row("200", CHECKED.replace("\"403\"", "\"¦200\""), "the response is not a refusal"),
                row(
                        "a status from an expression",
                        CHECKED.replace("\"403\"", "\"¦@(403)\""),
                        "the response is not a refusal"),
                row(
                        "no status",
                        CHECKED.replaceAll("<set-status.*?/>", "").replace("<return-", "¦<return-"),
                        "the response is not a refusal"),
                row(
                        "a response in a variable",
                        CHECKED.replace("<return-response", "<return-response ¦response-variable-name=\"r\""),
                        "is not an attribute of <return-response>"),
                row(
                        "another element in the response",
                        CHECKED.replace("<set-status", "¦<send-request/><set-status"),
                        "<send-request> is not expected"),
                row(
                        "a variable with the thumbprint",
                        CHECKED + "¦<set-variable name=\"t\" value=\"@(" + THUMBPRINT + ")\" />",
                        "<set-variable> concerns the certificate"),
                row(
                        "a variable with the certificate in escapes",
                        CHECKED + "¦<set-variable name=\"t\" value=\"@(context.Request.C&#101;rtificate)\" />",
                        "<set-variable> concerns the certificate"),
                row(
                        "a variable with the certificate in escapes of C#",
                        CHECKED + "¦<set-variable name=\"t\" value=\"@(context.Request.C\\u0065rtificate)\" />",
                        "<set-variable> concerns the certificate"),
                row(
                        "a variable with the certificate in a string",
                        CHECKED + "¦<set-variable name=\"t\" value=\"@($\"{context.Request.Certificate}\")\" />",
                        "<set-variable> concerns the certificate"),
                row(
                        "a token instead of a certificate",
                        "<choose>"
                                + Policies.when(
                                        "context.Request.Certificate == null",
                                        "¦<validate-jwt header-name=\"Authorization\"/>")
                                + Policies.when(ALICE, Policies.REFUSE) + "</choose>",
                        "runs for some certificates only"),
                row(
                        "a variable for some certificates",
                        CHECKED.replace(
                                "<return-response>", "¦<set-variable name=\"ok\" value=\"0\"/><return-response>"),
                        "runs for some certificates only"),
                row(
                        "a header field of a proxy",
                        CHECKED + "<choose>"
                                + Policies.when(
                                        "¦context.Request.Headers.GetValueOrDefault(\"X-Client-Cert\",\"\") == \"\"",
                                        Policies.REFUSE)
                                + "</choose>",
                        "is not understood"),
                row(
                        "a header field from one policy to another",
                        CHECKED + "¦<set-header name=\"X-T\"><value>@(" + THUMBPRINT + ")</value></set-header>"
                                + "<check-header name=\"X-T\" failed-check-httpcode=\"401\"><value>1</value></check-header>",
                        "the document reads header fields"),
                row(
                        "a check in another policy",
                        CHECKED + "¦<retry condition=\"@(false)\">" + CHECKED + "</retry>",
                        "<retry> concerns the certificate"),
                row(
                        "a check of the response",
                        "<policies><inbound>" + CHECKED + "</inbound><outbound>¦" + CHECKED + "</outbound></policies>",
                        "after the application has been called"),
                row(
                        "text in a section",
                        "<policies><inbound>¦x" + CHECKED + "</inbound></policies>",
                        "text is not expected in <inbound>"));
    }

    private static Stream<Arguments> validations() {
        String alice = "thumbprint=\"%ALICE%\"";
        return Stream.of(
                row(
                        "an unknown attribute",
                        Policies.validate("¦validate-chain=\"true\"", alice),
                        "[validate-chain] is not an attribute"),
                row(
                        "a value that is not true or false",
                        Policies.validate("validate-trust=\"¦yes\"", alice),
                        "expected true or false"),
                row(
                        "a value from an expression",
                        Policies.validate("validate-trust=\"¦@(false)\"", alice),
                        "expected true or false"),
                row(
                        "no identity",
                        "<validate-client-certificate>¦<identities/></validate-client-certificate>",
                        "<identities> is empty"),
                row(
                        "an empty identity",
                        Policies.validate("", "").replace("<identity", "¦<identity"),
                        "an empty element <identity> with attributes"),
                row(
                        "two lists",
                        "<validate-client-certificate><identities><identity " + alice
                                + "/></identities>¦<identities/></validate-client-certificate>",
                        "one <identities> is expected"),
                row("an unknown claim", Policies.validate("", "¦e-mail=\"a@example.org\""), "[e-mail] is not a claim"),
                row(
                        "a claim from an expression",
                        Policies.validate("", "thumbprint=\"¦@(context.Variables[\"t\"])\""),
                        "the claim is an expression"),
                row("a wildcard", Policies.validate("", "dns-name=\"¦*.example.org\""), "is not a DNS name"),
                row(
                        "a subject that is not a name",
                        Policies.validate("", "subject=\"¦alice\""),
                        "is not a distinguished name"),
                row(
                        "a thumbprint with a wrong length",
                        Policies.validate("", "thumbprint=\"¦ABCD\""),
                        "the thumbprint"),
                row(
                        "two ways to name the issuer",
                        Policies.validate("", "issuer-certificate-id=\"ca\" issuer-subject=\"CN=ca\"")
                                .replace("<identity ", "¦<identity "),
                        "excludes the other"),
                row("a claim twice", Policies.validate("", alice + " ¦" + alice), "is given twice"),
                row(
                        "an ignored error after a check",
                        Policies.refuse(MISSING + THUMBPRINT + " != ¦\"%ALICE%\"")
                                + Policies.validate("ignore-error=\"true\"", alice),
                        "a document for each of two gates"),
                row(
                        "a condition on a validation",
                        "<choose>" + Policies.when("¦context.Api.Id == \"x\"", Policies.validate("", alice))
                                + "</choose>",
                        "is not understood"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void namesTheProblem(String name, String document, String problem) {
        String marked = Client.fill(document);
        int place = marked.indexOf('¦');
        Migration migration = Migration.of(marked.replace("¦", ""));

        assertThat(migration).isInstanceOf(Migration.Failed.class);
        List<Problem> problems = ((Migration.Failed) migration).problems();
        assertThat(problems).isNotEmpty();
        assertThat(problems.get(0).text()).contains(Client.fill(problem));
        if (place >= 0) {
            assertThat(problems.get(0).at()).isEqualTo(expectedPosition(marked, place));
        }
    }

    /** Counts lines in another way than the code. */
    private static Position expectedPosition(String text, int index) {
        List<String> lines = text.substring(0, index).lines().toList();
        boolean lineBegins = index == 0 || "\r\n".indexOf(text.charAt(index - 1)) >= 0;
        return lineBegins
                ? new Position(lines.size() + 1, 1)
                : new Position(lines.size(), lines.get(lines.size() - 1).length() + 1);
    }

    @Test
    void reportsSeveralProblemsAtOnceInTheirOrder() {
        Migration migration = Migration.of("""
                <choose>
                  <when condition="@(context.Request.Certificate.FriendlyName == "a")"><return-response/></when>
                  <when condition="@(context.Request.Certificate.Thumbprint != "b")"><return-response/></when>
                </choose>
                <set-variable name="t" value="@(context.Request.Certificate)" />
                """);

        assertThat(((Migration.Failed) migration).problems().stream().map(Problem::at))
                .containsExactly(
                        new Position(2, 22),
                        new Position(2, 72),
                        new Position(3, 64),
                        new Position(3, 70),
                        new Position(5, 1));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a password file that is given instead of a document is not repeated")
    @MethodSource("io.github.thumbkeeper.testkit.Secret#all")
    void neverRepeatsAnotherFile(Secret secret) {
        for (String text : List.of(secret.text(), "<a b=\"" + secret.text() + "\">", "<a>" + secret.text() + "</b>")) {
            secret.assertNotIn(Migration.of(text).toString());
        }
    }

    @RandomCases
    @DisplayName("a damaged document never causes an exception")
    void neverThrows(RandomRun run) {
        List<String> documents = MigrationTest.cases().map(PolicyCase::document).toList();
        run.each(random -> {
            StringBuilder damaged = new StringBuilder(random.oneOf(documents));
            for (int i = random.between(1, 4); i > 0; i--) {
                int from = random.between(0, damaged.length());
                int to = Math.min(damaged.length(), from + random.between(0, 3));
                damaged.replace(
                        from,
                        to,
                        random.text(
                                3, List.of("\"", "(", ")", "{", "}", "<", ">", "!", "&", "@", "'", "a", " ", "||")));
            }
            assertThatCode(() -> Migration.of(damaged.toString())).doesNotThrowAnyException();
        });
    }

    @Test
    void neverThrowsForAnyBeginning() {
        List<Migration> all = new ArrayList<>();
        MigrationTest.cases().limit(30).forEach(policy -> {
            for (int i = 0; i < policy.document().length(); i += 3) {
                all.add(Migration.of(policy.document().substring(0, i)));
            }
        });

        assertThat(all).hasSizeGreaterThan(1000);
    }
}
