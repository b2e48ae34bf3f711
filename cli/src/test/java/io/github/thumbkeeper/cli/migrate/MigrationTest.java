/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import static io.github.thumbkeeper.cli.migrate.PolicyCase.document;
import static io.github.thumbkeeper.cli.migrate.PolicyCase.refuse;
import static io.github.thumbkeeper.cli.migrate.Remark.Kind.CORRECTED;
import static io.github.thumbkeeper.cli.migrate.Remark.Kind.IMPOSSIBLE;
import static io.github.thumbkeeper.cli.migrate.Remark.Kind.STRICTER;
import static io.github.thumbkeeper.cli.migrate.Remark.Kind.TO_DO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are translated: each translation runs, and decides about all clients as the policy means. */
class MigrationTest {

    private static final String CERTIFICATE = "context.Request.Certificate";
    private static final String MISSING = CERTIFICATE + " == null";
    private static final String UPLOADED =
            "context.Deployment.Certificates.Any(c => c.Value.Thumbprint == context.Request.Certificate.Thumbprint)";
    private static final String ONE = "thumbprints=sha1:%alice%\ndenyStatus=403";
    private static final String TRUST = "validateTrust=true\ntrustStore=conf/authorities\n";
    private static final String STORE = "store=conf/clients\n";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        Client.writeFiles(folder);
    }

    static Stream<PolicyCase> cases() {
        return Stream.of(thumbprints(), uploaded(), verified(), names(), structure(), validation())
                .flatMap(cases -> cases);
    }

    private static Stream<PolicyCase> thumbprints() {
        return Stream.of(
                refuse(
                                "a desired value",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"%ALICE%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "in lower case",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"%alice%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, CORRECTED),
                refuse(
                                "with colons",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"%ALICE.colons%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, CORRECTED),
                refuse(
                                "with SHA-256 and an invisible character",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"\u200e%ALICE.sha256%\"",
                                "thumbprints=sha256:%ALICE.sha256%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, CORRECTED),
                refuse(
                                "in apostrophes",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != '%ALICE%'",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "with entities",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != &quot;%ALICE%&#34;",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "in an attribute in apostrophes",
                                Policies.refuse("X")
                                        .replace(
                                                "\"@(X)\"",
                                                "' @(" + MISSING + "\n || " + CERTIFICATE
                                                        + ".Thumbprint != @\"%ALICE%\" ) '"),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "the operands swapped",
                                "null == " + CERTIFICATE + "||\"%ALICE%\"!=" + CERTIFICATE + ".Thumbprint",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "without a comparison with null",
                                CERTIFICATE + ".Thumbprint != \"%ALICE%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, CORRECTED),
                refuse("with ?.", CERTIFICATE + "?.Thumbprint != \"%ALICE%\"", ONE, c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "with ?. and ?? and ToUpper",
                                "(" + CERTIFICATE + "?.Thumbprint ?? \"\").ToUpperInvariant() != \"%ALICE%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "without regard to case",
                                MISSING + " || !string.Equals(" + CERTIFICATE
                                        + ".Thumbprint, \"%alice%\", StringComparison.OrdinalIgnoreCase)",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "by Equals",
                                MISSING + " || !" + CERTIFICATE
                                        + ".Thumbprint.Equals(\"%ALICE%\", StringComparison.InvariantCultureIgnoreCase)",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "by a literal in upper case",
                                MISSING + " || \"%alice%\".ToUpper() != " + CERTIFICATE + ".GetCertHashString()",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "several",
                                MISSING + " || (" + CERTIFICATE + ".Thumbprint != \"%ALICE%\" && " + CERTIFICATE
                                        + ".Thumbprint != \"%BOB%\")",
                                "thumbprints=sha1:%alice%, sha1:%bob%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "several with ||",
                                MISSING + " || !(" + CERTIFICATE + ".Thumbprint == \"%BOB%\" || " + CERTIFICATE
                                        + ".Thumbprint == \"%ALICE%\")",
                                "thumbprints=sha1:%bob%, sha1:%alice%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "an array",
                                MISSING + " || !(new string[] { \"%ALICE%\", \"%BOB%\" }.Any(t => t == " + CERTIFICATE
                                        + ".Thumbprint))",
                                "thumbprints=sha1:%alice%, sha1:%bob%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "a list that contains",
                                MISSING + " || !new List<string>() {\"%ALICE%\",\"%BOB%\",}.Contains(" + CERTIFICATE
                                        + ".Thumbprint)",
                                "thumbprints=sha1:%alice%, sha1:%bob%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "a split string",
                                MISSING + " || !\"%ALICE%, %BOB%,\".Split(',').Contains(" + CERTIFICATE
                                        + ".Thumbprint)",
                                "thumbprints=sha1:%alice%, sha1:%bob%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "a named value",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"{{alice-thumbprint}}\"",
                                "thumbprints=${alice-thumbprint}\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "a named value with a list",
                                MISSING + " || !\"{{ both }}\".Split(';').Contains(" + CERTIFICATE + ".Thumbprint)",
                                "thumbprints=${both}\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "only if there is a certificate",
                                CERTIFICATE + " != null && " + CERTIFICATE + ".Thumbprint != \"%ALICE%\"",
                                "thumbprints=sha1:%alice%\nnoCertificate=anonymous\ndenyStatus=403",
                                c -> !c.isPresent() || c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                refuse(
                                "a comment and brackets in a string",
                                "/* \") */ " + MISSING + " || " + CERTIFICATE + ".Thumbprint != \"%ALICE%\"",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO));
    }

    private static Stream<PolicyCase> uploaded() {
        return Stream.of(
                refuse("uploaded", MISSING + " || !" + UPLOADED, STORE + "denyStatus=403", Client::isUploaded)
                        .with(STRICTER, TO_DO),
                refuse(
                                "uploaded, inverted as in 2017",
                                MISSING + " || " + UPLOADED,
                                STORE + "denyStatus=403",
                                Client::isUploaded)
                        .with(STRICTER, TO_DO, CORRECTED),
                refuse(
                                "uploaded, inverted and verified",
                                MISSING + " || !" + CERTIFICATE + ".Verify() || " + UPLOADED,
                                STORE + TRUST + "validateRevocation=true\ndenyStatus=403",
                                c -> c.isUploaded() && c.verifies())
                        .with(TO_DO, CORRECTED),
                refuse(
                                "uploaded, by values",
                                MISSING + " || !context.Deployment.Certificates.Values.Any(x => x.Thumbprint.Equals("
                                        + CERTIFICATE + ".Thumbprint))",
                                STORE + "denyStatus=403",
                                Client::isUploaded)
                        .with(STRICTER, TO_DO),
                refuse(
                                "uploaded, by all",
                                MISSING + " || context.Deployment.Certificates.All(c => " + CERTIFICATE
                                        + ".Thumbprint != c.Value.Thumbprint)",
                                STORE + "denyStatus=403",
                                Client::isUploaded)
                        .with(STRICTER, TO_DO),
                refuse(
                                "uploaded, but not one",
                                MISSING + " || !" + UPLOADED + " || " + CERTIFICATE + ".Thumbprint == \"%BOB%\"",
                                STORE + "deny=sha1:%bob%\ndenyStatus=403",
                                c -> c.isUploaded() && !c.hasThumbprint(Client.BOB))
                        .with(STRICTER, TO_DO),
                refuse(
                                "uploaded, and another one",
                                MISSING + " || !(" + UPLOADED + " || " + CERTIFICATE + ".Thumbprint == \"%MALLORY%\")",
                                "thumbprints=sha1:%mallory%\n" + STORE + "denyStatus=403",
                                c -> c.isUploaded() || c.hasThumbprint(Client.MALLORY))
                        .with(STRICTER, TO_DO),
                refuse(
                                "uploaded, with an issuer",
                                MISSING + " || !" + CERTIFICATE + ".Verify() || " + CERTIFICATE
                                        + ".Issuer != \"CN=Corp CA, O=Example\" || !" + UPLOADED,
                                STORE + "identities=issuer-subject='CN=Corp CA,O=Example' label=${label}\n" + TRUST
                                        + "validateRevocation=true\ndenyStatus=403",
                                c -> c.isUploaded() && c.hasIssuer() && c.verifies())
                        .with(TO_DO));
    }

    private static Stream<PolicyCase> verified() {
        return Stream.of(
                refuse(
                                "verified",
                                MISSING + " || !" + CERTIFICATE + ".Verify() || " + CERTIFICATE
                                        + ".Thumbprint != \"%CAROL%\"",
                                "thumbprints=sha1:%carol%\n" + TRUST + "validateRevocation=true\ndenyStatus=403",
                                c -> c.verifies() && c.hasThumbprint(Client.CAROL))
                        .with(TO_DO),
                refuse(
                                "verified, a revoked one",
                                MISSING + " || !" + CERTIFICATE + ".Verify() || " + CERTIFICATE
                                        + ".Thumbprint != \"%REVOKED%\"",
                                "thumbprints=sha1:%revoked%\n" + TRUST + "validateRevocation=true\ndenyStatus=403",
                                c -> c.verifies() && c.hasThumbprint(Client.REVOKED))
                        .with(TO_DO),
                refuse(
                                "verified without revocation",
                                MISSING + " || !" + CERTIFICATE + ".VerifyNoRevocation() || !" + UPLOADED,
                                STORE + TRUST + "denyStatus=403",
                                c -> c.verifiesNoRevocation() && c.isUploaded())
                        .with(TO_DO),
                refuse(
                                "verified with ?.",
                                CERTIFICATE + "?.VerifyNoRevocation() != true || !" + UPLOADED,
                                STORE + TRUST + "denyStatus=403",
                                c -> c.verifiesNoRevocation() && c.isUploaded())
                        .with(TO_DO),
                refuse(
                                "verified only, by any authority",
                                MISSING + " || !" + CERTIFICATE + ".Verify()",
                                "identities=issuer-certificate-id=issuer\n" + TRUST
                                        + "validateRevocation=true\ndenyStatus=403",
                                Client::verifies)
                        .with(TO_DO),
                refuse(
                                "the end of the period",
                                MISSING + " || " + CERTIFICATE + ".NotAfter < DateTime.Now || !" + UPLOADED,
                                STORE + "denyStatus=403",
                                c -> c.isUploaded() && !c.hasEnded())
                        .with(STRICTER, TO_DO),
                refuse(
                                "a check that decides nothing",
                                MISSING + " || !(" + CERTIFICATE + ".VerifyNoRevocation() || " + CERTIFICATE
                                        + ".NotAfter > DateTime.Now) || !" + UPLOADED,
                                STORE + "denyStatus=403",
                                c -> c.isUploaded() && !c.hasEnded())
                        .with(STRICTER, TO_DO),
                refuse(
                                "both dates",
                                MISSING + " || DateTime.UtcNow >= " + CERTIFICATE + ".NotAfter || " + CERTIFICATE
                                        + ".NotBefore > DateTime.Now || !" + UPLOADED,
                                STORE + "denyStatus=403",
                                c -> c.isUploaded() && !c.hasEnded() && c.hasBegun())
                        .with(TO_DO));
    }

    private static Stream<PolicyCase> names() {
        return Stream.of(
                refuse(
                                "issuer and subject, verified",
                                MISSING + " || !" + CERTIFICATE + ".Verify() || " + CERTIFICATE
                                        + ".Issuer != \"CN=Corp CA, O=Example\" || " + CERTIFICATE
                                        + ".SubjectName.Name != \"CN=carol, O=Example\"",
                                "identities=subject='CN=carol,O=Example' issuer-subject='CN=Corp CA,O=Example'\n"
                                        + TRUST + "validateRevocation=true\ndenyStatus=403",
                                c -> c.verifies() && c.hasIssuer() && c.hasSubject("CN=carol, O=Example"))
                        .with(TO_DO),
                refuse(
                                "issuer and subject as in 2017, not verified",
                                MISSING + " || " + CERTIFICATE + ".IssuerName.Name != \"CN=Corp CA, O=Example\" || "
                                        + CERTIFICATE + ".Subject != \"CN=carol, O=Example\"",
                                "identities=subject='CN=carol,O=Example' issuer-subject='CN=Corp CA,O=Example'\n"
                                        + TRUST + "denyStatus=403",
                                c -> c.hasIssuer() && c.hasSubject("CN=carol, O=Example"))
                        .with(TO_DO, STRICTER),
                refuse(
                                "a subject with quotes",
                                MISSING + " || !" + CERTIFICATE + ".VerifyNoRevocation() || " + CERTIFICATE
                                        + ".Subject != \"CN=dave, O=\\\"Dave, Inc.\\\", S=Texas\"",
                                "identities=subject='CN=dave,O=Dave\\, Inc.,ST=Texas'\n" + TRUST + "denyStatus=403",
                                c -> c.verifiesNoRevocation() && c.hasSubject("CN=dave, O=\"Dave, Inc.\", S=Texas"))
                        .with(TO_DO),
                refuse(
                                "two subjects",
                                MISSING + " || !" + CERTIFICATE + ".VerifyNoRevocation() || (" + CERTIFICATE
                                        + ".Subject != \"CN=carol, O=Example\" && " + CERTIFICATE
                                        + ".Subject != @\"CN=dave, O=\"\"Dave, Inc.\"\", S=Texas\")",
                                "identities=subject='CN=carol,O=Example'; subject='CN=dave,O=Dave\\, Inc.,ST=Texas'\n"
                                        + TRUST + "denyStatus=403",
                                c -> c.verifiesNoRevocation()
                                        && (c.hasSubject("CN=carol, O=Example")
                                                || c.hasSubject("CN=dave, O=\"Dave, Inc.\", S=Texas")))
                        .with(TO_DO),
                refuse(
                                "a serial number and the issuer",
                                MISSING + " || !" + CERTIFICATE + ".VerifyNoRevocation() || " + CERTIFICATE
                                        + ".SerialNumber != \"0A1B\" || " + CERTIFICATE
                                        + ".Issuer != \"CN=Corp CA, O=Example\"",
                                "identities=issuer-subject='CN=Corp CA,O=Example' serial-number=0xa1b\n" + TRUST
                                        + "denyStatus=403",
                                c -> c.verifiesNoRevocation() && c.hasSerial(0xA1B) && c.hasIssuer())
                        .with(TO_DO),
                refuse(
                                "a thumbprint and a subject",
                                MISSING + " || " + CERTIFICATE + ".Thumbprint != \"%CAROL%\" || " + CERTIFICATE
                                        + ".Subject != \"CN=carol, O=Example\"",
                                "identities=thumbprint=sha1:%carol% subject='CN=carol,O=Example'\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.CAROL) && c.hasSubject("CN=carol, O=Example"))
                        .with(STRICTER));
    }

    private static Stream<PolicyCase> structure() {
        String wrong = CERTIFICATE + ".Thumbprint != \"%ALICE%\"";
        return Stream.of(
                document(
                                "a whole document",
                                Policies.inbound(Policies.refuse(MISSING + " || " + wrong)),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "401 and another reason",
                                Policies.refuse(MISSING + " || " + wrong)
                                        .replace("403", "401")
                                        .replace("Invalid client certificate", "Who are you?"),
                                "thumbprints=sha1:%alice%\nreason=Who are you?",
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "several branches",
                                "<choose>" + Policies.when(MISSING, Policies.REFUSE.replace("403", "401"))
                                        + Policies.when("!" + CERTIFICATE + ".VerifyNoRevocation()", Policies.REFUSE)
                                        + Policies.when("!" + UPLOADED, Policies.REFUSE) + "</choose>",
                                STORE + TRUST + "denyStatus=403",
                                c -> c.isUploaded() && c.verifiesNoRevocation())
                        .with(TO_DO, IMPOSSIBLE),
                document(
                                "several elements",
                                Policies.refuse(MISSING) + Policies.refuse(wrong),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "otherwise",
                                "<choose>" + Policies.when(MISSING + " || " + wrong, Policies.REFUSE)
                                        + "<otherwise><choose>" + Policies.when("!" + UPLOADED, Policies.REFUSE)
                                        + "</choose></otherwise></choose>",
                                STORE + "identities=thumbprint=sha1:%alice% label=${label}\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE) && c.isUploaded())
                        .with(STRICTER, TO_DO),
                document(
                                "an empty branch admits",
                                "<choose>" + Policies.when(CERTIFICATE + "?.Thumbprint == \"%ALICE%\"", "")
                                        + "<otherwise>" + Policies.REFUSE + "</otherwise></choose>",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "statements in the condition",
                                ("<choose><when condition=\"@{\n  var t = " + CERTIFICATE + "?.Thumbprint ?? \"\";\n"
                                                + "  if (t == \"%ALICE%\") { return false; }\n  return t != \"%BOB%\";\n}\">")
                                        + Policies.REFUSE + "</when></choose>",
                                "thumbprints=sha1:%alice%, sha1:%bob%\ndenyStatus=403",
                                c -> c.hasThumbprint(Client.ALICE, Client.BOB))
                        .with(STRICTER, TO_DO),
                document(
                                "a conditional operator",
                                Policies.refuse(MISSING + " ? true : " + wrong),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO),
                document(
                                "unrelated policies",
                                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- <choose> -->\r\n"
                                        + Policies.inbound("<rate-limit calls=\"5\" renewal-period=\"60\" />\r\n"
                                                + "<choose><when condition=\"@(context.Api.Id == \"x\" && $\"{1 + (2)}\" != @\"\"\"\")\">"
                                                + "<set-header name=\"a\"><value>@(context.Variables[\"b\"] as string < \"\")</value>"
                                                + "</set-header></when></choose>"
                                                + "<set-body>@{ return \"{ ' }\"; }</set-body><cors><![CDATA[ <x> ]]></cors>"
                                                + Policies.refuse(MISSING + " || " + wrong)),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, IMPOSSIBLE),
                document(
                                "a header that passes on the thumbprint",
                                Policies.refuse(MISSING + " || " + wrong)
                                        + "<set-header name=\"X-Thumbprint\" exists-action=\"override\"><value>@("
                                        + CERTIFICATE
                                        + "?.Thumbprint)</value></set-header>"
                                        + "<authentication-certificate thumbprint=\"%BOB%\" />",
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, IMPOSSIBLE),
                document(
                                "a body and a challenge",
                                Policies.refuse(MISSING + " || " + wrong)
                                        .replace(
                                                "</return-response>",
                                                "<set-header name=\"WWW-Authenticate\"><value>x</value></set-header>"
                                                        + "<set-body>{\"error\": \"no certificate\"}</set-body></return-response>"),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, IMPOSSIBLE),
                document(
                                "another status",
                                Policies.refuse(MISSING + " || " + wrong).replace("403", "496"),
                                ONE,
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(STRICTER, TO_DO, IMPOSSIBLE));
    }

    private static Stream<PolicyCase> validation() {
        String trustless = "validate-trust=\"false\" validate-revocation=\"false\"";
        return Stream.of(
                document(
                                "validation",
                                Policies.inbound(Policies.validate("", "thumbprint=\"%CAROL%\"")),
                                "thumbprints=sha1:%carol%\n" + TRUST + "validateRevocation=true",
                                c -> c.verifies() && c.hasThumbprint(Client.CAROL))
                        .with(TO_DO),
                document(
                                "validation of anything trusted",
                                "<validate-client-certificate />",
                                "identities=issuer-certificate-id=issuer\n" + TRUST + "validateRevocation=true",
                                Client::verifies)
                        .with(TO_DO),
                document(
                                "validation of dates",
                                Policies.validate(
                                        trustless + " validate-not-after=\"true\"",
                                        "thumbprint='%OLD%'",
                                        "thumbprint='%alice%'"),
                                "thumbprints=sha1:%old%, sha1:%alice%",
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(TO_DO),
                document(
                                "validation without dates",
                                Policies.validate(
                                        trustless + " validate-not-before=\"false\" validate-not-after=\"False\"",
                                        "thumbprint=\"%OLD%\"",
                                        "thumbprint=\"%YOUNG%\""),
                                "thumbprints=sha1:%old%, sha1:%young%\nvalidateNotBefore=false\nvalidateNotAfter=false",
                                c -> c.hasThumbprint(Client.OLD, Client.YOUNG))
                        .with(TO_DO),
                document(
                                "validation without the end",
                                Policies.validate(
                                        "validate-not-after=\"false\" validate-revocation=\"false\"",
                                        "common-name=\"carol\" dns-name=\"carol.example.org\"",
                                        "subject=\"CN=carol, O=Example\" serial-number=\"0A1E\""),
                                "identities=common-name=carol dns-name=carol.example.org;"
                                        + " serial-number=0xa1e subject='CN=carol,O=Example'\n"
                                        + "validateNotAfter=false\n" + TRUST.strip(),
                                c -> c.isTrusted() && c.hasThumbprint(Client.CAROL, Client.EXPIRED))
                        .with(TO_DO),
                document(
                                "validation with revocation, without trust",
                                Policies.validate(
                                        "validate-trust=\"false\"",
                                        "thumbprint=\"%CAROL%\"",
                                        "thumbprint=\"%REVOKED%\""),
                                "thumbprints=sha1:%carol%, sha1:%revoked%\n" + TRUST + "validateRevocation=true",
                                c -> c.hasThumbprint(Client.CAROL))
                        .with(TO_DO, STRICTER),
                document(
                                "validation by the issuer",
                                Policies.validate(
                                        "validate-revocation=\"false\"",
                                        "issuer-subject=\"CN=Corp CA, O=Example\" common-name=\"dave\"",
                                        "issuer-certificate-id=\"issuer\" common-name=\"carol\""),
                                "identities=common-name=dave issuer-subject='CN=Corp CA,O=Example';"
                                        + " common-name=carol issuer-certificate-id=issuer\n" + TRUST.strip(),
                                c -> c.verifiesNoRevocation())
                        .with(TO_DO),
                document(
                                "validation by the issuer's thumbprint",
                                Policies.validate(
                                        "validate-revocation=\"false\"",
                                        "issuer-thumbprint=\"" + Client.Issued.CA.sha1() + "\" serial-number=\"0a1b\""),
                                "identities=issuer-thumbprint=sha1:" + Client.Issued.CA.sha1()
                                        + " serial-number=0xa1b\n" + TRUST.strip(),
                                c -> c.verifiesNoRevocation() && c.hasThumbprint(Client.CAROL))
                        .with(TO_DO),
                document(
                                "validation by a name without trust",
                                Policies.validate(trustless, "common-name=\"dave\""),
                                "identities=common-name=dave\n" + TRUST.strip(),
                                c -> c.hasThumbprint(Client.DAVE))
                        .with(TO_DO, STRICTER),
                document(
                                "validation of a named value",
                                Policies.validate(trustless, "thumbprint=\"{{alice-thumbprint}}\""),
                                "thumbprints=${alice-thumbprint}",
                                c -> c.hasThumbprint(Client.ALICE))
                        .with(TO_DO),
                document(
                                "validation that is ignored",
                                Policies.validate(trustless + " ignore-error=\"true\"", "thumbprint=\"%ALICE%\""),
                                "thumbprints=sha1:%alice%\nmode=annotate",
                                c -> true)
                        .with(TO_DO),
                document(
                                "validation after a check",
                                Policies.refuse(MISSING)
                                        + Policies.validate("validate-revocation=\"false\"", "thumbprint=\"%CAROL%\""),
                                "thumbprints=sha1:%carol%\n" + TRUST + "denyStatus=403",
                                c -> c.verifiesNoRevocation() && c.hasThumbprint(Client.CAROL))
                        .with(TO_DO));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void translates(PolicyCase policy) {
        Migration.Translated translated = translated(policy.document());

        assertThat(translated.settings()).containsExactlyEntriesOf(policy.settings());
        Set<Remark.Kind> kinds = translated.remarks().stream()
                .map(Remark::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Remark.Kind.class)));
        kinds.remove(Remark.Kind.TRANSLATED);
        assertThat(kinds).as("%s", translated.remarks()).isEqualTo(policy.kinds());
    }

    /** Where a remark says that the gate is stricter, its checks of dates and trust may refuse more than the policy does. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void decidesAsThePolicyMeans(PolicyCase policy) {
        Migration.Translated translated = translated(policy.document());
        boolean stricter = policy.kinds().contains(STRICTER);
        boolean trust = translated.settings().containsKey("validateTrust");
        Settings settings = Settings.parse(filled(translated.settings()), resources(folder));
        Gate gate = settings.open(new Counters(), InstantSource.system(), Runnable::run);

        for (Client client : Client.values()) {
            boolean inForce = !client.isPresent() || (client.hasBegun() && !client.hasEnded());
            boolean expected =
                    policy.meaning().test(client) && (!stricter || (inForce && (!trust || client.isTrusted())));
            Verdict verdict = gate.decide(client.request());

            assertThat(verdict.errorResponse() == null)
                    .as("%s: %s of %s", client, verdict, translated.settings())
                    .isEqualTo(expected);
            if (verdict.errorResponse() != null) {
                assertThat(verdict.errorResponse().status())
                        .isEqualTo(Integer.parseInt(policy.settings().getOrDefault("denyStatus", "401")));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    @DisplayName("a document with line breaks and blanks of its own, and one in entities, mean the same")
    void meansTheSameInEntities(PolicyCase policy) {
        String entities = policy.document()
                .replace("condition=\"@(", "condition=\"@( \r\n\t")
                .replace("&quot;", "&#x22;")
                .replace("!= '", "!= &apos;");

        assertThat(translated(entities).settings()).isEqualTo(policy.settings());
    }

    @Test
    @DisplayName("no gate starts with a named value or a label that the administrator has not filled in")
    void doesNotStartWithAPlaceholder() {
        List<PolicyCase> open = cases().filter(
                        policy -> policy.settings().toString().contains("${"))
                .toList();

        assertThat(open)
                .hasSizeGreaterThan(3)
                .allSatisfy(policy -> assertThat(catchThrowable(() ->
                                Settings.parse(translated(policy.document()).settings(), resources(folder))))
                        .isInstanceOf(SettingsException.class)
                        .hasMessageContaining("contains a placeholder that nothing has replaced"));
    }

    static Migration.Translated translated(String document) {
        Migration migration = Migration.of(document);
        assertThat(migration).as("%s", document).isInstanceOf(Migration.Translated.class);
        return (Migration.Translated) migration;
    }

    /** Does what the remarks of the kind TO_DO ask for. */
    private static Map<String, String> filled(Map<String, String> settings) {
        Map<String, String> filled = new HashMap<>(settings);
        filled.replaceAll((name, value) ->
                Client.fill(value.replace("${alice-thumbprint}", "%ALICE%").replace("${both}", "%ALICE%, %BOB%")));
        filled.computeIfPresent("identities", (name, rules) -> rules.contains("${label}") ? eachLabel(rules) : rules);
        if (filled.containsKey("validateRevocation")) {
            filled.put("crl", folder.resolve("revoked.crl").toString());
        }
        return filled;
    }

    private static String eachLabel(String rule) {
        return Stream.of("alice", "bob", "carol", "revoked", "expired")
                .map(label -> rule.replace("${label}", label))
                .collect(Collectors.joining("; "));
    }

    static ContainerResources resources(Path folder) {
        return new ContainerResources() {
            @Override
            public Object lookup(String name) throws NameNotFoundException {
                throw new NameNotFoundException(name);
            }

            @Override
            public Object lookupGlobal(String name) throws NameNotFoundException {
                throw new NameNotFoundException(name);
            }

            @Override
            public Path file(String location) {
                return folder.resolve(location.replaceFirst("^(conf|/WEB-INF)/", ""));
            }
        };
    }
}
