/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of a policy document as statements that decide about the certificate. Not thread-safe.
 *
 * <p>Elements that do not concern the certificate get a remark. An element that does, and is not understood, is a problem.
 */
final class PolicyReader {

    /** Elements that send or record something and let every request pass. */
    private static final Set<String> OUTPUT = Set.of("set-header", "trace", "log-to-eventhub", "emit-metric");

    /** Elements of {@code return-response} that change its headers and body only. */
    private static final Set<String> RESPONSE = Set.of("set-header", "set-body");

    /** Letters in every way to get at the client's certificate, as an object, a thumbprint or a header field of a proxy. */
    private static final List<String> ABOUT_CERTIFICATES = List.of("cert", "thumbprint", "x509");

    private final Notes notes;
    private final ConditionCompiler conditions;
    private final ClientCertificateValidation validation;
    private final List<PolicyElement> outputs = new ArrayList<>();
    private boolean base;

    PolicyReader(Notes notes) {
        this.notes = notes;
        this.conditions = new ConditionCompiler(notes);
        this.validation = new ClientCertificateValidation(notes);
    }

    Policy read(List<PolicyElement> document) {
        List<Statement> statements = new ArrayList<>();
        document.forEach(element -> statements.addAll(section(element)));
        boolean read = document.stream().anyMatch(PolicyReader::readsOutput);
        for (PolicyElement output : outputs) {
            if (read) {
                problem(
                        output,
                        "depends on the certificate, and the document reads header fields; expected no header field"
                                + " that passes on a certificate to a later policy");
            } else {
                remark(
                        output,
                        "it passes on properties of the certificate; the application finds them in request attributes such"
                                + " as io.github.thumbkeeper.thumbprint");
            }
        }
        return new Policy(
                List.copyOf(statements), validation.ignoresErrors(), Set.copyOf(validation.datesSwitchedOff()));
    }

    /** A header field may carry a property of the certificate from one policy to another. */
    private static boolean readsOutput(PolicyElement document) {
        return document.all().anyMatch(element -> element.is("check-header") || element.is("validate-headers"))
                || document.anyValue(value -> value.isExpression() && value.mentions("headers"));
    }

    private List<Statement> section(PolicyElement element) {
        switch (element.name()) {
            case "policies" -> {
                List<Statement> statements = new ArrayList<>();
                noText(element);
                noAttributes(element, Set.of());
                element.children().forEach(child -> statements.addAll(section(child)));
                return statements;
            }
            case "inbound", "backend", "fragment" -> {
                noText(element);
                noAttributes(element, Set.of());
                return statements(element.children(), false);
            }
            case "outbound" -> {
                element.children().forEach(this::outbound);
                return List.of();
            }
            case "on-error" -> {
                if (!element.children().stream().allMatch(child -> child.is("base"))) {
                    remark(element, "it changes the response to a request that was refused already");
                }
                return List.of();
            }
            default -> {
                return statements(List.of(element), false);
            }
        }
    }

    private void outbound(PolicyElement element) {
        if (element.is("base")) {
            return;
        }
        if (!concernsCertificates(element)) {
            unrelated(element);
        } else if (OUTPUT.contains(element.name())) {
            outputs.add(element);
        } else {
            problem(
                    element,
                    "concerns the certificate after the application has been called; expected it in <inbound>");
        }
    }

    /**
     * Reads elements in their order.
     *
     * @param conditional whether they run for some certificates only, so that each of them counts
     */
    private List<Statement> statements(List<PolicyElement> elements, boolean conditional) {
        List<Statement> statements = new ArrayList<>();
        for (PolicyElement element : elements) {
            try {
                statements.addAll(statement(element, conditional));
            } catch (PolicyException e) {
                notes.add(e);
            }
        }
        return List.copyOf(statements);
    }

    private List<Statement> statement(PolicyElement element, boolean conditional) throws PolicyException {
        switch (element.name()) {
            case "choose" -> {
                return choose(element, conditional);
            }
            case "return-response" -> {
                return List.of(new Statement.Return(refusal(element)));
            }
            case "validate-client-certificate" -> {
                return validation.read(element);
            }
            case "base", "include-fragment" -> {
                elsewhere(element);
                return List.of();
            }
            case "authentication-certificate" -> {
                remark(element, "it is about the certificate that the gateway shows to the application");
                return List.of();
            }
            default -> {
                other(element, conditional);
                return List.of();
            }
        }
    }

    private void elsewhere(PolicyElement element) {
        if (element.is("base") && base) {
            return;
        }
        base |= element.is("base");
        PolicyValue id = element.attribute("fragment-id");
        String what = id == null ? "the policies of the outer scope" : "the fragment " + SafeText.quoted(id.text());
        notes.remark(
                element.index(),
                Remark.Kind.TO_DO,
                "<" + element.name() + "> runs " + what
                        + ", which this document does not contain; migrate that document too");
    }

    private void other(PolicyElement element, boolean conditional) {
        boolean concerned = conditional || concernsCertificates(element);
        if (!concerned) {
            unrelated(element);
        } else if (OUTPUT.contains(element.name())) {
            outputs.add(element);
        } else {
            problem(
                    element,
                    (conditional ? "runs for some certificates only" : "concerns the certificate")
                            + " and is not understood; expected choose, return-response or validate-client-certificate");
        }
    }

    private List<Statement> choose(PolicyElement choose, boolean conditional) throws PolicyException {
        if (!conditional && !concernsCertificates(choose)) {
            unrelated(choose);
            return List.of();
        }
        if (!conditional && choose.all().allMatch(PolicyReader::isOutput)) {
            outputs.add(choose);
            return List.of();
        }
        notes.check(choose.index());
        noText(choose);
        noAttributes(choose, Set.of());
        List<Statement.Branch> branches = new ArrayList<>();
        for (PolicyElement child : choose.children()) {
            boolean last = choose.children().indexOf(child) == choose.children().size() - 1;
            boolean known = child.is("when") || (child.is("otherwise") && last);
            if (!known) {
                problem(child, "is not expected here; expected <when> elements, and <otherwise> as the last one");
                continue;
            }
            noText(child);
            branches.add(new Statement.Branch(condition(child), statements(child.children(), true)));
        }
        return List.of(new Statement.Choose(List.copyOf(branches)));
    }

    private static boolean isOutput(PolicyElement element) {
        return Set.of("choose", "when", "otherwise", "value", "message", "metadata", "dimension")
                        .contains(element.name())
                || OUTPUT.contains(element.name());
    }

    private Condition condition(PolicyElement branch) {
        Condition always = new Condition.Constant(true);
        if (branch.is("otherwise")) {
            noAttributes(branch, Set.of());
            return always;
        }
        noAttributes(branch, Set.of("condition"));
        PolicyValue condition = branch.attribute("condition");
        try {
            if (condition == null || !condition.isExpression()) {
                throw new PolicyException(
                        branch.index(), "<when> is expected to have a condition that is an expression, @(…)");
            }
            return conditions.compile(condition);
        } catch (PolicyException e) {
            notes.add(e);
            return always;
        }
    }

    private Refusal refusal(PolicyElement element) throws PolicyException {
        notes.check(element.index());
        noText(element);
        noAttributes(element, Set.of());
        PolicyElement status = null;
        for (PolicyElement child : element.children()) {
            if (child.is("set-status") && status == null) {
                status = child;
            } else if (RESPONSE.contains(child.name())) {
                remark(child, "the response of a gate has its own header fields and body; see errorFormat");
            } else {
                problem(child, "is not expected in <return-response>");
            }
        }
        return new Refusal(element.index(), code(element, status), reason(status));
    }

    private int code(PolicyElement response, @Nullable PolicyElement status) throws PolicyException {
        PolicyValue code = status == null ? null : status.attribute("code");
        String text = code == null || code.isExpression() ? "" : code.text().strip();
        if (!text.matches("[45][0-9]{2}")) {
            throw new PolicyException(
                    code == null ? response.index() : code.index(),
                    "the response is not a refusal; expected <set-status> with a code from 400 to 599");
        }
        noAttributes(status == null ? response : status, Set.of("code", "reason"));
        return Integer.parseInt(text);
    }

    private @Nullable String reason(@Nullable PolicyElement status) {
        PolicyValue reason = status == null ? null : status.attribute("reason");
        if (reason == null || reason.isBlank()) {
            return null;
        }
        if (reason.isExpression()
                || reason.text().contains("{{")
                || reason.text().contains("${")) {
            notes.remark(
                    reason.index(),
                    Remark.Kind.IMPOSSIBLE,
                    "the reason is not a constant; the default of reason is used");
            return null;
        }
        return reason.text().strip().replaceAll("\\s+", " ");
    }

    private static boolean concernsCertificates(PolicyElement element) {
        return element.all().anyMatch(inner -> inner.is("validate-client-certificate"))
                || element.anyValue(value -> ABOUT_CERTIFICATES.stream().anyMatch(value::mentions));
    }

    private void unrelated(PolicyElement element) {
        remark(element, "it does not concern the certificate");
    }

    private void remark(PolicyElement element, String text) {
        notes.remark(element.index(), Remark.Kind.IMPOSSIBLE, name(element) + " is left out: " + text);
    }

    private void problem(PolicyElement element, String text) {
        notes.problem(element.index(), name(element) + " " + text);
    }

    private void noText(PolicyElement element) {
        element.texts().forEach(text -> notes.problem(text.index(), "text is not expected in " + name(element)));
    }

    private void noAttributes(PolicyElement element, Set<String> known) {
        element.attributes().stream()
                .filter(attribute -> !known.contains(attribute.name()))
                .forEach(attribute -> notes.problem(
                        attribute.index(),
                        SafeText.quoted(attribute.name()) + " is not an attribute of " + name(element)
                                + " that is understood"));
    }

    private static String name(PolicyElement element) {
        return "<" + SafeText.text(element.name()) + ">";
    }
}
