/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Secret;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateCommandTest {

    private static final Path DOCUMENTS = Path.of("src/test/resources/migrate");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"migrate", "migrate a.xml b.xml", "migrate --format a.xml"})
    void refusesWrongArguments(String arguments) {
        ToolRun run = ToolRun.of(arguments.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void refusesAFileThatCannotBeRead() throws IOException {
        Path utf16 = Files.writeString(folder.resolve("utf16.xml"), "<a/>ä", StandardCharsets.UTF_16);

        assertThat(ToolRun.of("migrate", folder.resolve("missing.xml").toString())
                        .err())
                .contains("missing.xml] cannot be read");
        assertThat(ToolRun.of("migrate", folder.toString()).status()).isEqualTo(1);
        assertThat(ToolRun.of("migrate", utf16.toString()).err()).contains("utf16.xml] is not UTF-8");
    }

    @Test
    void namesFileLineAndColumnOfEachProblem() throws IOException {
        Path file = Files.writeString(folder.resolve("policy.xml"), """
                <choose>
                  <when condition="@(context.Request.Certificate.FriendlyName != "a")">
                    <return-response><set-status code="401" /></return-response>
                  </when>
                  <if/>
                </choose>
                """);

        ToolRun run = ToolRun.of("migrate", file.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("thumbkeeper: ")
                                .contains(
                                        "policy.xml: line 2, column 22: this part of the expression is not understood"),
                        second ->
                                assertThat(second).contains("policy.xml: line 5, column 3: <if> is not expected here"));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a password file that is given instead of a document is not repeated")
    @MethodSource("io.github.thumbkeeper.testkit.Secret#all")
    void neverRepeatsAPasswordFile(Secret secret) throws IOException {
        ToolRun run = ToolRun.of(
                "migrate", Files.write(folder.resolve("pw"), secret.bytes()).toString());

        assertThat(run.status()).isEqualTo(1);
        secret.assertNotIn(run.out() + run.err());
    }

    /** The page shows these documents and their output, which the command prints again here. */
    @ParameterizedTest
    @MethodSource("documents")
    void printsThePage(Path document) throws IOException {
        Path expected = Path.of(document.toString().replace(".policy.xml", ".thumbkeeper.xml"));

        ToolRun run = ToolRun.of("migrate", document.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        if (Boolean.getBoolean("thumbkeeper.write")) {
            Files.writeString(expected, run.out());
        }
        assertThat(run.out()).isEqualTo(Files.readString(expected));
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            List<Path> documents = files.filter(file -> file.toString().endsWith(".policy.xml"))
                    .sorted()
                    .toList();
            assertThat(documents).hasSizeGreaterThan(3);
            return documents;
        }
    }

    @Test
    void readsTheStandardInputAndPrintsXmlWithRemarksInAComment() throws Exception {
        String document = """
                \ufeff<choose>
                  <when condition="@(context.Request.Certificate == null || !context.Request.Certificate.Verify()
                      || context.Request.Certificate.Issuer != "CN=a---b-->, O=C & D -")">
                    <return-response><set-status code="401" reason="&lt;&quot;no&quot;&gt;" /></return-response>
                  </when>
                </choose>
                """;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InputStream in = new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));

        int status =
                Main.run(List.of("migrate", "-"), new Console(in, new PrintStream(out), new PrintStream(out), false));

        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(status).isZero();
        assertThat(printed)
                .startsWith("<!-- Remarks on the policy\n")
                .contains("\n     line 3, column 48: translated: the name [CN=a- - -b- ->, O=C & D -] is");
        String xml = "<x>" + printed + "</x>";
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
                        .getElementsByTagName("Valve")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("reason")
                        .getNodeValue())
                .isEqualTo("<\"no\">");
    }
}
