/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static io.github.thumbkeeper.console.ConsoleTomcat.EDITOR;
import static io.github.thumbkeeper.console.ConsoleTomcat.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ClientCertificate;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The console in Chromium, with client certificates, as a person uses it. */
@NeedsProgram
class BrowserIT {

    private static final Path SCREENSHOTS =
            Path.of(System.getProperty("thumbkeeper.screenshots", "target/screenshots"));
    private static final String PASSWORD = "changeit";

    private static ConsoleTomcat tomcat;
    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Path chromium = Path.of(OutsideProgram.CHROMIUM.path());
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium)
                        .setArgs(List.of("--no-sandbox")));
        tomcat = new ConsoleTomcat().withApplication().start();
        fill();
    }

    @AfterAll
    static void stop() throws Exception {
        if (playwright != null) {
            browser.close();
            playwright.close();
        }
        if (tomcat != null) {
            tomcat.close();
        }
    }

    /** A list as an administrator may have it, and some strangers. */
    private static void fill() throws Exception {
        List<String> partners = List.of(
                "acme",
                "baltic-freight",
                "contoso",
                "delta-logistics",
                "evergreen",
                "fabrikam",
                "gotham-supply",
                "hanse-kontor",
                "initech",
                "jupiter-books",
                "kobold-tools",
                "lumen");
        for (int i = 0; i < partners.size(); i++) {
            TestCertificate certificate = TestCertificate.named(
                            "CN=" + partners.get(i) + ".example,O=Partner " + (i + 1))
                    .validUntil(Instant.now().plus(Duration.ofDays(i == 3 ? -2 : 12 + i * i * 3)))
                    .validFrom(Instant.now().minus(Duration.ofDays(200)))
                    .build();
            tomcat.add(editor(i), certificate, partners.get(i));
            if (i == 5) {
                change(i, certificate, "/console/entry/disable", Map.of());
            } else if (i == 7) {
                change(i, certificate, "/console/entry/deny", Map.of("reason", "key was lost with a laptop"));
            } else {
                change(
                        i,
                        certificate,
                        "/console/entry/set",
                        Map.of("roles", i % 2 == 0 ? "orders" : "orders, invoices", "from", "", "until", ""));
            }
        }
        for (String stranger : List.of("monolith", "nova")) {
            TestCertificate certificate = TestCertificate.named("CN=" + stranger + ".example,O=Unknown")
                    .build();
            for (int i = 0; i < 3; i++) {
                tomcat.call(certificate);
            }
        }
    }

    private static TestCertificate editor(int number) {
        return ConsoleTomcat.EDITORS.get(number % ConsoleTomcat.EDITORS.size());
    }

    private static void change(int number, TestCertificate certificate, String path, Map<String, String> fields)
            throws Exception {
        String id = "sha256:" + certificate.sha256();
        String page = tomcat.get(editor(number), "/console/entry?id=" + id).body();
        Map<String, String> all = new java.util.HashMap<>(fields);
        all.put("id", id);
        all.put("version", ConsoleTomcat.field(page, "version"));
        assertThat(tomcat.post(editor(number), path, all).statusCode()).isEqualTo(303);
    }

    private static BrowserContext context(TestCertificate certificate, int width, ColorScheme scheme) throws Exception {
        ByteArrayOutputStream pfx = new ByteArrayOutputStream();
        certificate.keyStore(PASSWORD).store(pfx, PASSWORD.toCharArray());
        return browser.newContext(new Browser.NewContextOptions()
                .setIgnoreHTTPSErrors(true)
                .setViewportSize(width, 900)
                .setColorScheme(scheme)
                .setClientCertificates(List.of(new ClientCertificate("https://127.0.0.1:" + tomcat.port())
                        .setPfx(pfx.toByteArray())
                        .setPassphrase(PASSWORD))));
    }

    private static String address(String path) {
        return tomcat.uri("/console" + path).toString();
    }

    @Test
    @Slow
    void hasNoProblemOfAccessAndFitsEveryWidth() throws Exception {
        List<String> problems = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : List.of(360, 1280, 1920)) {
                if (width == 1920 && scheme == ColorScheme.DARK) {
                    continue;
                }
                try (BrowserContext context = context(width == 1280 ? EDITOR : editor(width), width, scheme)) {
                    Page page = context.newPage();
                    page.onConsoleMessage(message -> problems.add(message.text()));
                    for (String name : List.of(
                            "entries", "entry", "upload", "preview", "refused", "gates", "expiry", "explain",
                            "history")) {
                        open(page, name);
                        String where = name + " " + width + " " + scheme;
                        page.screenshot(new Page.ScreenshotOptions()
                                .setPath(SCREENSHOTS.resolve(name + "-" + width + "-"
                                        + scheme.name().toLowerCase(java.util.Locale.ROOT) + ".png"))
                                .setFullPage(width != 1280));
                        Object wider = page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
                        if (Boolean.TRUE.equals(wider)) {
                            problems.add(where + ": wider than the window");
                        }
                        if (width != 1920) {
                            new AxeBuilder(page)
                                    .analyze()
                                    .getViolations()
                                    .forEach(violation -> problems.add(where + ": " + violation.getId() + " "
                                            + violation.getNodes().stream()
                                                    .map(node -> node.getHtml() + node.getFailureSummary())
                                                    .limit(3)
                                                    .toList()));
                        }
                    }
                }
            }
        }
        assertThat(problems).isEmpty();
    }

    private static void open(Page page, String name) {
        if (name.equals("entry")) {
            page.navigate(address("/"));
            page.click("tbody th a >> nth=0");
        } else if (name.equals("preview")) {
            page.navigate(address("/refused"));
            page.click("text=Admit this certificate >> nth=0");
        } else {
            page.navigate(address(name.equals("entries") ? "/" : "/" + name));
        }
        page.waitForLoadState();
    }

    @Test
    void uploadsAndRemovesByKeyboardAndMouse() throws Exception {
        TestCertificate partner = TestCertificate.named("CN=oscorp.example").build();
        try (BrowserContext context = context(EDITOR, 1280, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(address("/upload"));
            page.setInputFiles(
                    "#file",
                    new FilePayload(
                            "oscorp.pem",
                            "application/x-pem-file",
                            partner.pem().getBytes(StandardCharsets.US_ASCII)));
            page.click("text=Show what it is");
            assertThat(page.inputValue("#label-0")).isEqualTo("oscorp.example");
            page.click("text=Add to the list");
            assertThat(page.textContent("[role=status]")).contains("Added.");
            tomcat.awaitCall(partner, 200);

            page.fill("#q", "oscorp");
            page.waitForURL("**q=oscorp**");
            assertThat(page.locator("tbody tr").count()).isEqualTo(1);
            page.click("tbody th a");
            page.click("button:text('Disable')");
            tomcat.awaitCall(partner, 401);
            page.click("button:text('Undo')");
            tomcat.awaitCall(partner, 200);
        }
    }

    @Test
    void showsAViewerNoFormOfAChange() throws Exception {
        try (BrowserContext context = context(VIEWER, 1280, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(address("/"));
            page.click("tbody th a >> nth=0");
            assertThat(page.locator("main form").count()).isZero();
        }
    }

    /** A page of another origin sends a form, a fetch and a picture; the browser adds the certificate by itself. */
    @Test
    void refusesWhatAPageOfAnotherOriginSends() throws Exception {
        String before = tomcat.get(VIEWER, "/console/entries.csv").body();
        try (BrowserContext context = context(EDITOR, 1280, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            List<Integer> answers = new ArrayList<>();
            page.onResponse(response -> answers.add(response.status()));
            page.route(
                    "https://evil.example/",
                    route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("<form id=f method=post action='" + address("/entry/remove")
                                    + "'><input name=id value=x></form>" + "<img src='" + address("/entry/remove?id=x")
                                    + "'>")));
            page.navigate("https://evil.example/");
            Object fetched = page.evaluate("fetch('" + address("/api/v1/token")
                    + "', {credentials: 'include'}).then(r => r.text()).catch(e => 'blocked')");
            page.evaluate(
                    "fetch('" + address("/entry/remove")
                            + "', {method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams('id=x')}).catch(e => 0)");
            page.evaluate("document.getElementById('f').submit()");
            page.waitForURL("**/entry/remove");

            assertThat(fetched).isEqualTo("blocked");
            assertThat(page.textContent("main")).contains("did not come from a page of the console");
        }
        assertThat(tomcat.get(VIEWER, "/console/entries.csv").body()).isEqualTo(before);
    }
}
