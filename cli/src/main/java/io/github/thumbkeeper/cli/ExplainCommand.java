/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.Explanation;
import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.cli.output.Json;
import io.github.thumbkeeper.cli.tomcat.GateSite;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains what the configured gates decide on a certificate, check by check. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  why a certificate is refused, and what to change to admit it",
            "    thumbkeeper explain /opt/tomcat alice.pem",
            "  next year",
            "    thumbkeeper explain --at 2027-06-01 conf/server.xml alice.pem",
            "  a header that a proxy sends; proxy.pem is the proxy's own certificate",
            "    thumbkeeper explain --peer 10.0.0.5 --header \"X-SSL-Client-Cert: $CERT\" gate.properties proxy.pem",
            "  a path that may be exempt, without a certificate",
            "    thumbkeeper explain --path /health /opt/tomcat",
            ""
        },
        description = {
            "Explains what a gate decides on a certificate: each check with its outcome, the code that a client would get,",
            "and what to change to admit it. The exit status is 0 if every gate lets the request pass."
        })
final class ExplainCommand extends ToolCommand {

    @Parameters(index = "0", paramLabel = "SETTINGS", arity = "0..1", description = "as for check")
    private String settings = "";

    @Parameters(
            index = "1",
            paramLabel = "CERT",
            arity = "0..1",
            description = "PEM or DER, the client's own certificate first; left out for a request without one")
    private @Nullable String certificate;

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "a header field of the request; may be repeated")
    private List<String> headers = new ArrayList<>();

    @Option(names = "--peer", paramLabel = "ADDRESS", description = "the address of the peer; 127.0.0.1 if left out")
    private String peer = "127.0.0.1";

    @Option(names = "--path", paramLabel = "PATH", description = "the path within the application; / if left out")
    private String path = "/";

    @Option(names = "--method", paramLabel = "METHOD", description = "the HTTP method; GET if left out")
    private String method = "GET";

    @Option(names = "--at", paramLabel = "DATE", description = "a date, or an instant such as 2027-06-01T12:00:00Z")
    private @Nullable String at;

    @Option(names = "--gate", paramLabel = "TEXT", description = "only gates whose place contains this text")
    private String wanted = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    ExplainCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws UsageException {
        if (settings.isEmpty()) {
            throw new UsageException("explain needs SETTINGS and CERT; " + ConfiguredGates.EXPECTED);
        }
        Instant time = time();
        List<X509Certificate> chain = chain();
        if (certificate != null && chain.isEmpty()) {
            return REFUSED;
        }
        OfflineExchange exchange = exchange(chain);
        ConfiguredGates configured = ConfiguredGates.read(settings);
        configured.findings().stream()
                .filter(each -> each.level() == Finding.Level.ERROR)
                .forEach(each -> console().problem(each.place() + " " + each.text()));
        return explain(configured.gates(), exchange, time);
    }

    @SuppressWarnings("try") // the progress ends with the step
    private int explain(List<GateSite> sites, OfflineExchange exchange, Instant time) throws UsageException {
        List<GateSite> chosen =
                sites.stream().filter(each -> each.place().contains(wanted)).toList();
        if (chosen.isEmpty() && !sites.isEmpty()) {
            throw UsageException.of(wanted, "is in the place of no gate; see check");
        }
        List<Map<String, Object>> all = new ArrayList<>();
        boolean passes = !chosen.isEmpty();
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "thumbkeeper-worker");
            thread.setDaemon(true);
            return thread;
        });
        try (Progress progress = Progress.of(console(), "explaining")) {
            for (GateSite site : chosen) {
                CheckedGate checked = CheckedGate.open(site, workers);
                passes &= checked.gate().isPresent()
                        && explain(site, checked.gate().get(), exchange, time, all);
                if (checked.gate().isEmpty()) {
                    checked.findings().forEach(each -> console().problem(each.place() + ": " + each.text()));
                }
            }
        } finally {
            workers.shutdownNow();
        }
        if (json) {
            console().out().print(Json.text(all));
        }
        return passes ? DONE : REFUSED;
    }

    private boolean explain(
            GateSite site, Gate gate, OfflineExchange exchange, Instant time, List<Map<String, Object>> all) {
        Explanation explanation = gate.explain(exchange, time);
        if (json) {
            all.add(json(site, explanation));
        } else {
            print(site, explanation);
        }
        return !(explanation.verdict() instanceof Verdict.Refused);
    }

    private void print(GateSite site, Explanation explanation) {
        console().out().println(site.place());
        for (Explanation.Step step : explanation.steps()) {
            console().out().println(String.format("  %s  %-12s %s", word(step.outcome()), step.name(), step.text()));
        }
        console().out().println("  " + verdict(explanation.verdict()));
        explanation.advice().forEach(each -> console().out().println("  To admit it: " + each));
    }

    private String word(Explanation.Outcome outcome) {
        return switch (outcome) {
            case PASSED -> console().good("passed     ");
            case FAILED -> console().bad("FAILED     ");
            case NOT_CHECKED -> "not checked";
        };
    }

    private static String verdict(Verdict verdict) {
        if (verdict instanceof Verdict.Admitted admitted) {
            Identity identity = admitted.identity();
            return "Admitted, "
                    + (identity.name() == null ? "without a principal" : "as " + SafeText.quoted(identity.name()))
                    + (identity.roles().isEmpty()
                            ? ""
                            : " with the roles "
                                    + identity.roles().stream().sorted().toList());
        }
        if (verdict instanceof Verdict.Refused refused) {
            ErrorResponse error = refused.errorResponse();
            return error == null
                    ? "Would be refused with " + refused.reason().code() + ", but the mode lets the request pass"
                    : "Refused with status " + error.status() + " ("
                            + refused.reason().code() + ")";
        }
        return "Passes without a certificate";
    }

    private static Map<String, Object> json(GateSite site, Explanation explanation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("gate", site.place());
        json.put("verdict", verdict(explanation.verdict()));
        if (explanation.verdict() instanceof Verdict.Refused refused) {
            json.put("code", refused.reason().code());
            json.put("enforced", refused.enforced());
        }
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Explanation.Step step : explanation.steps()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", step.name());
            each.put("outcome", step.outcome().toString());
            each.put("text", step.text());
            steps.add(each);
        }
        json.put("steps", steps);
        json.put("advice", explanation.advice());
        return json;
    }

    private OfflineExchange exchange(List<X509Certificate> chain) throws UsageException {
        OfflineExchange exchange = new OfflineExchange(chain, method, path, peer);
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new UsageException("[--header] does not have the form NAME:VALUE");
            }
            exchange.add(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return exchange;
    }

    /** Reads the certificates of CERT; reports why, and returns none, if it has none. */
    private List<X509Certificate> chain() {
        List<X509Certificate> chain = new ArrayList<>();
        if (certificate != null) {
            StoreContents contents = new StoreContents(console(), StorePassword.of("password", null));
            contents.read(certificate);
            for (StoreItem item : contents.items()) {
                if (item.certificate() != null) {
                    chain.add(item.certificate());
                }
            }
            contents.problems().forEach(console()::problem);
            if (chain.isEmpty() && contents.problems().isEmpty()) {
                console().problem("store " + SafeText.quoted(certificate) + " has no certificate");
            }
        }
        return chain;
    }

    private Instant time() throws UsageException {
        String text = at;
        if (text == null) {
            return Instant.now();
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw UsageException.of(
                    text, "is not a date; expected one such as 2027-06-01, or an instant such as 2027-06-01T12:00:00Z");
        }
    }
}
