/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Explains what a gate decides on a certificate, check by check. Changes nothing. Thread-safe. */
public final class ExplainPage implements Action {

    private final Gates gates;

    /** Creates the page. */
    public ExplainPage(Gates gates) {
        this.gates = gates;
    }

    /**
     * A check.
     *
     * @param outcome {@code passed}, {@code failed} or {@code not-checked}
     * @param name the name of the check
     * @param text the result in words
     */
    public record Check(String outcome, String name, String text) {}

    /**
     * What the page shows.
     *
     * @param gates the names of the gates
     * @param gate the gate that was asked; empty before a question
     * @param pem the text that was given
     * @param problem why it cannot be explained; empty if it can
     * @param verdict the verdict; empty before a question
     * @param checks the checks
     * @param advice what to change
     */
    public record Model(
            List<String> gates,
            String gate,
            String pem,
            String problem,
            String verdict,
            List<Check> checks,
            List<String> advice) {

        /** Returns whether the gate admits the certificate. */
        public boolean isAdmitted() {
            return verdict.equals("ADMITTED");
        }
    }

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        List<String> names = gates.names();
        String gate = request.text("gate");
        String pem = request.shownAgain("pem");
        if (gate.isEmpty() && pem.isEmpty()) {
            return Answer.Page.of("explain", new Model(names, "", "", "", "", List.of(), List.of()));
        }
        if (pem.length() > ConsoleRequest.LARGEST_UPLOAD) {
            throw new HttpProblem(413, "tooLarge", List.of());
        }
        if (pem.contains("PRIVATE KEY-----")) {
            return problem(names, gate, "a private key is not a certificate; keep it secret");
        }
        try {
            return Answer.Page.of(
                    "explain",
                    model(
                            names,
                            gate,
                            pem,
                            gates.explain(gate, pem).orElseThrow(() -> new HttpProblem(404, "noGate", List.of()))));
        } catch (IllegalArgumentException e) {
            return problem(names, gate, e.getMessage() == null ? "" : e.getMessage());
        }
    }

    private static Answer problem(List<String> names, String gate, String problem) {
        return Answer.Page.of("explain", new Model(names, gate, "", problem, "", List.of(), List.of()));
    }

    static Model model(List<String> names, String gate, String pem, List<String> lines) {
        List<Check> checks = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        String verdict = "";
        for (String line : lines) {
            if (!verdict.isEmpty()) {
                advice.add(line);
            } else if (line.equals("ADMITTED") || line.startsWith("REFUSED ")) {
                verdict = line;
            } else {
                checks.add(check(line));
            }
        }
        return new Model(names, gate, pem, "", verdict, checks, advice);
    }

    private static Check check(String line) {
        int blank = line.indexOf(' ');
        int colon = line.indexOf(": ", blank);
        return blank < 0 || colon < 0
                ? new Check("not-checked", "", line)
                : new Check(
                        line.substring(0, blank).toLowerCase(Locale.ROOT).replace('_', '-'),
                        line.substring(blank + 1, colon),
                        line.substring(colon + 2));
    }
}
