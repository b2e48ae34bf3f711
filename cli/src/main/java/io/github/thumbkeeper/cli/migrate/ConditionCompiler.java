/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.cli.migrate.Operand.Property.Letters;
import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Translates an expression into a condition on the client certificate. Not thread-safe.
 *
 * <p>It knows the forms that policies for certificates have. Every other expression is an error at its place: a condition that is
 * understood in part could admit more than the policy.
 */
final class ConditionCompiler {

    private static final Condition MISSING = new Condition.Missing();
    private static final Condition READ = new Condition.Read();
    private static final String CERTIFICATE = "context.Request.Certificate";

    private static final Map<String, Claim.Kind> PROPERTIES = Map.of(
            "Thumbprint", Claim.Kind.THUMBPRINT,
            "GetCertHashString()", Claim.Kind.THUMBPRINT,
            "Issuer", Claim.Kind.ISSUER,
            "IssuerName.Name", Claim.Kind.ISSUER,
            "Subject", Claim.Kind.SUBJECT,
            "SubjectName.Name", Claim.Kind.SUBJECT,
            "SerialNumber", Claim.Kind.SERIAL,
            "GetSerialNumberString()", Claim.Kind.SERIAL);

    private static final Set<String> FOLDING = Set.of("ToUpper", "ToUpperInvariant", "ToLower", "ToLowerInvariant");
    private static final Set<String> NEUTRAL = Set.of("Trim", "ToString");

    private final Notes notes;
    private final ClaimReader claims;
    private final Map<String, Operand> variables = new HashMap<>();

    ConditionCompiler(Notes notes) {
        this.notes = notes;
        this.claims = new ClaimReader(notes);
    }

    /** Returns the condition of an expression in an attribute. */
    Condition compile(PolicyValue value) throws PolicyException {
        variables.clear();
        return condition(ExpressionParser.parse(value));
    }

    private Condition condition(Expression expression) throws PolicyException {
        if (operand(expression) instanceof Operand.Truth truth && !truth.nullSafe()) {
            return truth.condition();
        }
        throw notUnderstood(expression, "a condition on context.Request.Certificate");
    }

    private Operand operand(Expression expression) throws PolicyException {
        if (expression instanceof Expression.Text text) {
            return new Operand.Text(text.value(), text.index());
        } else if (expression instanceof Expression.Name name) {
            return name(name);
        } else if (expression instanceof Expression.Member member) {
            return member(member);
        } else if (expression instanceof Expression.Call call) {
            return call(call);
        } else if (expression instanceof Expression.Negation not) {
            return truth(new Condition.Not(condition(not.operand())));
        } else if (expression instanceof Expression.Chain chain) {
            return chain(chain);
        } else if (expression instanceof Expression.Comparison comparison) {
            return truth(comparison(comparison));
        } else if (expression instanceof Expression.Collection collection) {
            return collection(collection);
        } else if (expression instanceof Expression.Conditional conditional) {
            return truth(conditional(conditional));
        } else if (expression instanceof Expression.Let let) {
            return truth(let(let));
        }
        throw notUnderstood(expression, "a property of context.Request.Certificate, or a string");
    }

    private static Operand truth(Condition condition) {
        return new Operand.Truth(condition, false);
    }

    private Operand name(Expression.Name name) throws PolicyException {
        Operand variable = variables.get(name.name());
        if (variable != null) {
            return variable;
        }
        return switch (name.name()) {
            case "null" -> new Operand.Null();
            case "true", "false" -> truth(new Condition.Constant(name.name().equals("true")));
            default -> throw notUnderstood(name, "context.Request.Certificate or context.Deployment.Certificates");
        };
    }

    private Operand member(Expression.Member member) throws PolicyException {
        String path = path(member);
        switch (path) {
            case CERTIFICATE -> {
                return new Operand.Certificate();
            }
            case "context.Deployment.Certificates" -> {
                return new Operand.Uploaded();
            }
            case "DateTime.Now", "DateTime.UtcNow" -> {
                return new Operand.Now();
            }
            default -> {}
        }
        Expression.Member owner = propertyOwner(member);
        String property = path(member).substring(path(owner.target()).length() + 1);
        Operand target = operand(owner.target());
        if (target instanceof Operand.Certificate) {
            return property(member, property, owner.nullSafe());
        } else if (target instanceof Operand.UploadedEntry && property.equals("Value")) {
            return new Operand.UploadedCertificate();
        } else if (target instanceof Operand.Uploaded && property.equals("Values")) {
            return target;
        } else if (target instanceof Operand.UploadedCertificate && property.equals("Thumbprint")) {
            return new Operand.UploadedThumbprint();
        }
        throw notUnderstood(member, "a known property of a certificate");
    }

    /** Returns the member of the certificate in {@code certificate.SubjectName.Name}, or this member itself. */
    private static Expression.Member propertyOwner(Expression.Member member) {
        boolean name = member.name().equals("Name")
                && member.target() instanceof Expression.Member inner
                && (inner.name().equals("SubjectName") || inner.name().equals("IssuerName"));
        return name ? (Expression.Member) member.target() : member;
    }

    private Operand property(Expression at, String property, boolean nullSafe) throws PolicyException {
        Claim.Kind kind = PROPERTIES.get(property);
        if (kind != null) {
            return new Operand.Property(kind, nullSafe, Letters.AS_THEY_ARE);
        }
        return switch (property) {
            case "NotAfter" -> new Operand.Date(Claim.NOT_ENDED, nullSafe);
            case "NotBefore" -> new Operand.Date(Claim.BEGUN, nullSafe);
            default ->
                throw notUnderstood(
                        at,
                        "Thumbprint, Issuer, Subject, SerialNumber, NotBefore, NotAfter, Verify() or VerifyNoRevocation()");
        };
    }

    private Operand call(Expression.Call call) throws PolicyException {
        if (!(call.function() instanceof Expression.Member function)) {
            throw notUnderstood(call, "a call of a member");
        }
        String path = path(function);
        int count = call.arguments().size();
        if (path.matches("[sS]tring\\.Equals") && count >= 2) {
            return truth(
                    equality(call, call.arguments().get(0), call.arguments().get(1), ignoresCase(call.arguments(), 2)));
        } else if (path.matches("[sS]tring\\.IsNullOr(Empty|WhiteSpace)") && count == 1) {
            return truth(isNull(call, operand(call.arguments().get(0))));
        }
        Operand target = operand(function.target());
        if (target instanceof Operand.Certificate && count == 0) {
            return certificateCall(call, function);
        } else if (function.name().equals("Equals") && count >= 1) {
            boolean nullSafe = target instanceof Operand.Property property && property.nullSafe();
            return new Operand.Truth(
                    equality(call, function.target(), call.arguments().get(0), ignoresCase(call.arguments(), 1)),
                    nullSafe);
        } else if (target instanceof Operand.Property property && count == 0) {
            return propertyCall(call, function.name(), property);
        } else if (target instanceof Operand.Text text && count == 0) {
            return textCall(call, function.name(), text);
        } else if (target instanceof Operand.Text text && function.name().equals("Split")) {
            return split(text, call);
        } else if (target instanceof Operand.Text text && function.name().equals("Contains") && count == 1) {
            return contains(call, split(text, call).members());
        } else if (target instanceof Operand.Texts texts && function.name().equals("Contains") && count == 1) {
            return contains(call, texts.members());
        } else if (count == 1 && call.arguments().get(0) instanceof Expression.Lambda lambda) {
            return lambdaCall(call, function.name(), target, lambda);
        }
        throw notUnderstood(call, "Verify(), VerifyNoRevocation(), Equals(…), Contains(…) or Any(…)");
    }

    private Operand certificateCall(Expression.Call call, Expression.Member function) throws PolicyException {
        boolean nullSafe = function.nullSafe();
        switch (function.name()) {
            case "Verify" -> {
                return verified(call, nullSafe, List.of(Claim.TRUSTED, Claim.UNREVOKED, Claim.BEGUN, Claim.NOT_ENDED));
            }
            case "VerifyNoRevocation" -> {
                return verified(call, nullSafe, List.of(Claim.TRUSTED, Claim.BEGUN, Claim.NOT_ENDED));
            }
            default -> {
                return property(call, function.name() + "()", nullSafe);
            }
        }
    }

    private Operand verified(Expression.Call call, boolean nullSafe, List<Claim> all) {
        all.forEach(claim -> notes.found(claim, call.index()));
        List<Condition> holds = all.stream()
                .<Condition>map(claim -> new Condition.Holds(claim, nullSafe))
                .toList();
        return new Operand.Truth(new Condition.All(holds), nullSafe);
    }

    private Operand propertyCall(Expression.Call call, String name, Operand.Property property) throws PolicyException {
        if (FOLDING.contains(name)) {
            Letters letters = name.startsWith("ToUpper") ? Letters.UPPER : Letters.LOWER;
            return new Operand.Property(property.kind(), property.nullSafe(), letters);
        } else if (NEUTRAL.contains(name)) {
            return property;
        }
        throw notUnderstood(call, "ToUpper() or ToLower()");
    }

    private Operand textCall(Expression.Call call, String name, Operand.Text text) throws PolicyException {
        if (FOLDING.contains(name)) {
            boolean upper = name.startsWith("ToUpper");
            String folded =
                    upper ? text.value().toUpperCase(Locale.ROOT) : text.value().toLowerCase(Locale.ROOT);
            return new Operand.Text(folded, text.index());
        } else if (NEUTRAL.contains(name)) {
            return new Operand.Text(text.value().strip(), text.index());
        }
        throw notUnderstood(call, "ToUpper() or ToLower()");
    }

    /** A literal list of thumbprints; a part of a thumbprint is not one, so that both Split and Contains find whole ones. */
    private static Operand.Texts split(Operand.Text text, Expression.Call call) throws PolicyException {
        if (NamedValue.isAllOf(text.value())) {
            return new Operand.Texts(List.of(text));
        }
        List<Operand.Text> members = new ArrayList<>();
        for (String member : text.value().split("[,;|\\s]+", -1)) {
            if (!member.isEmpty()) {
                members.add(new Operand.Text(member, text.index()));
            }
        }
        if (members.isEmpty()) {
            throw notUnderstood(call, "a list of thumbprints");
        }
        return new Operand.Texts(members);
    }

    private Operand contains(Expression.Call call, List<Operand.Text> members) throws PolicyException {
        Operand wanted = operand(call.arguments().get(0));
        if (!(wanted instanceof Operand.Property property) || property.kind() != Claim.Kind.THUMBPRINT) {
            throw notUnderstood(call, "a whole list of thumbprints that contains the certificate's");
        }
        return truth(matchesAny(call, property, members));
    }

    private Condition matchesAny(Expression at, Operand.Property property, List<Operand.Text> members)
            throws PolicyException {
        List<Condition> matches = new ArrayList<>();
        for (Operand.Text member : members) {
            matches.add(matches(at, property, member, false));
        }
        return new Condition.Any(matches);
    }

    private Operand lambdaCall(Expression.Call call, String function, Operand target, Expression.Lambda lambda)
            throws PolicyException {
        boolean any = function.equals("Any");
        if (target instanceof Operand.Uploaded && (any || function.equals("All"))) {
            Operand entry = path(((Expression.Member) call.function()).target()).endsWith(".Values")
                    ? new Operand.UploadedCertificate()
                    : new Operand.UploadedEntry();
            return uploaded(call, any, entry, lambda);
        } else if (target instanceof Operand.Texts texts && any) {
            List<Condition> matches = new ArrayList<>();
            for (Operand.Text member : texts.members()) {
                matches.add(with(lambda, member));
            }
            return truth(new Condition.Any(matches));
        }
        throw notUnderstood(call, "Any(…) of a list, or of context.Deployment.Certificates");
    }

    private Operand uploaded(Expression.Call call, boolean any, Operand entry, Expression.Lambda lambda)
            throws PolicyException {
        Condition body = with(lambda, entry);
        Condition same = !any && body instanceof Condition.Not not ? not.operand() : body;
        boolean known = same instanceof Condition.Holds holds && holds.claim().equals(Claim.UPLOADED);
        if (!known || any == body instanceof Condition.Not) {
            throw notUnderstood(call, "Any(c => c.Value.Thumbprint == context.Request.Certificate.Thumbprint)");
        }
        return truth(body);
    }

    private Condition with(Expression.Lambda lambda, Operand argument) throws PolicyException {
        if (variables.putIfAbsent(lambda.parameter(), argument) != null) {
            throw notUnderstood(lambda, "a parameter with a name of its own");
        }
        try {
            return condition(lambda.body());
        } finally {
            variables.remove(lambda.parameter());
        }
    }

    private Operand collection(Expression.Collection collection) throws PolicyException {
        List<Operand.Text> members = new ArrayList<>();
        for (Expression element : collection.elements()) {
            if (!(operand(element) instanceof Operand.Text text)) {
                throw notUnderstood(element, "a string");
            }
            members.add(text);
        }
        return new Operand.Texts(members);
    }

    private Operand chain(Expression.Chain chain) throws PolicyException {
        if (chain.operator().equals("??")) {
            return orElse(chain);
        }
        List<Condition> operands = new ArrayList<>();
        for (Expression operand : chain.operands()) {
            operands.add(condition(operand));
        }
        return truth(chain.operator().equals("||") ? new Condition.Any(operands) : new Condition.All(operands));
    }

    /** The value for a missing certificate: an empty string, which equals no property, or a constant. */
    private Operand orElse(Expression.Chain chain) throws PolicyException {
        Operand value = operand(chain.operands().get(0));
        Operand other = operand(chain.operands().get(1));
        if (chain.operands().size() == 2) {
            boolean empty = other instanceof Operand.Text text && text.value().isEmpty();
            if (value instanceof Operand.Property property && property.nullSafe() && empty) {
                return property;
            } else if (value instanceof Operand.Truth truth && truth.nullSafe()) {
                return truth(orElse(chain, truth, other));
            }
        }
        throw notUnderstood(chain, "?? \"\" or ?? false after a value with ?.");
    }

    private Condition orElse(Expression at, Operand.Truth value, Operand other) throws PolicyException {
        if (other instanceof Operand.Truth constant && constant.condition() instanceof Condition.Constant missing) {
            return missing.value() ? new Condition.Any(List.of(MISSING, value.condition())) : value.condition();
        }
        throw notUnderstood(at, "true or false after ??");
    }

    private Condition conditional(Expression.Conditional conditional) throws PolicyException {
        Condition when = condition(conditional.condition());
        return new Condition.Any(List.of(
                new Condition.All(List.of(when, condition(conditional.yes()))),
                new Condition.All(List.of(new Condition.Not(when), condition(conditional.no())))));
    }

    private Condition let(Expression.Let let) throws PolicyException {
        Operand value = operand(let.value());
        if (variables.putIfAbsent(let.variable(), value) != null) {
            throw notUnderstood(let, "a variable with a name of its own");
        }
        Condition body = condition(let.body());
        variables.remove(let.variable());
        return new Condition.All(List.of(evaluated(value), body));
    }

    /** Returns a true condition that fails if the value of a variable, which is evaluated first, fails. */
    private static Condition evaluated(Operand value) {
        if (value instanceof Operand.Truth truth) {
            return new Condition.Any(List.of(truth.condition(), new Condition.Constant(true)));
        } else if (value instanceof Operand.Property property) {
            return property.nullSafe() ? new Condition.Constant(true) : READ;
        } else if (value instanceof Operand.Date date) {
            return date.nullSafe() ? new Condition.Constant(true) : READ;
        }
        return new Condition.Constant(true);
    }

    private Condition comparison(Expression.Comparison comparison) throws PolicyException {
        return switch (comparison.operator()) {
            case "==" -> equality(comparison, comparison.left(), comparison.right(), false);
            case "!=" -> new Condition.Not(equality(comparison, comparison.left(), comparison.right(), false));
            default -> date(comparison);
        };
    }

    private Condition equality(Expression at, Expression left, Expression right, boolean ignoresCase)
            throws PolicyException {
        Operand one = operand(left);
        Operand other = operand(right);
        boolean swapped = one instanceof Operand.Null || one instanceof Operand.Text || isConstant(one);
        return swapped ? equality(at, other, one, ignoresCase) : equality(at, one, other, ignoresCase);
    }

    private Condition equality(Expression at, Operand one, Operand other, boolean ignoresCase) throws PolicyException {
        if (other instanceof Operand.Null) {
            return isNull(at, one);
        } else if (one instanceof Operand.Property property && other instanceof Operand.Text text) {
            return matches(at, property, text, ignoresCase);
        } else if (one instanceof Operand.Truth truth && isConstant(other)) {
            return equality(truth, other);
        } else if (one instanceof Operand.Property property && other instanceof Operand.UploadedThumbprint) {
            return uploaded(at, property);
        } else if (other instanceof Operand.Property property && one instanceof Operand.UploadedThumbprint) {
            return uploaded(at, property);
        }
        throw notUnderstood(at, "a comparison of a property of the certificate with a string");
    }

    private static boolean isConstant(Operand operand) {
        return operand instanceof Operand.Truth truth && truth.condition() instanceof Condition.Constant;
    }

    /** With {@code ?.} the value of a missing certificate is null, which is neither true nor false. */
    private static Condition equality(Operand.Truth truth, Operand constant) {
        boolean wanted = constant instanceof Operand.Truth other
                && other.condition() instanceof Condition.Constant value
                && value.value();
        if (wanted) {
            return truth.condition();
        }
        Condition not = new Condition.Not(truth.condition());
        return truth.nullSafe() ? new Condition.All(List.of(new Condition.Not(MISSING), not)) : not;
    }

    private Condition isNull(Expression at, Operand operand) throws PolicyException {
        if (operand instanceof Operand.Certificate) {
            return MISSING;
        } else if (operand instanceof Operand.Property property) {
            return property.nullSafe() ? MISSING : new Condition.Not(READ);
        }
        throw notUnderstood(at, "a comparison of the certificate, or a property of it, with null");
    }

    private Condition uploaded(Expression at, Operand.Property property) throws PolicyException {
        if (property.kind() != Claim.Kind.THUMBPRINT) {
            throw notUnderstood(at, "a comparison of thumbprints");
        }
        notes.found(Claim.UPLOADED, at.index());
        return new Condition.Holds(Claim.UPLOADED, property.nullSafe());
    }

    private Condition matches(Expression at, Operand.Property property, Operand.Text text, boolean ignoresCase)
            throws PolicyException {
        boolean name = property.kind() == Claim.Kind.SUBJECT || property.kind() == Claim.Kind.ISSUER;
        if (name && (property.letters() != Letters.AS_THEY_ARE || ignoresCase)) {
            throw new PolicyException(
                    at.index(),
                    "names are compared without regard to case, which no rule can do; expected == with the exact name");
        }
        Claim claim = Claim.of(property.kind(), value(property.kind(), text));
        notes.found(claim, text.index());
        remark(property, text, claim, ignoresCase);
        return new Condition.Holds(claim, property.nullSafe());
    }

    private String value(Claim.Kind kind, Operand.Text text) throws PolicyException {
        return claims.value(Claim.of(kind, "").attributes().keySet().iterator().next(), text.value(), text.index());
    }

    private void remark(Operand.Property property, Operand.Text text, Claim claim, boolean ignoresCase) {
        String value = claim.attributes().values().iterator().next();
        if (NamedValue.isIn(value)) {
            return;
        }
        String written = SafeText.quoted(text.value());
        switch (property.kind()) {
            case THUMBPRINT -> {
                boolean works = text.value().matches(hex(property.letters(), ignoresCase) + "{40}");
                notes.remark(
                        text.index(),
                        works ? Remark.Kind.TRANSLATED : Remark.Kind.CORRECTED,
                        "the thumbprint " + written + " is " + value
                                + (works
                                        ? ""
                                        : "; the gateway compares text, and only 40 hex digits in upper case ever match"));
            }
            case SERIAL ->
                notes.remark(
                        text.index(),
                        Remark.Kind.TRANSLATED,
                        "the serial number " + written + " is the number " + value);
            case SUBJECT -> notes.remark(text.index(), Remark.Kind.TRANSLATED, nameRemark("subject", written));
            default -> notes.remark(text.index(), Remark.Kind.TRANSLATED, nameRemark("issuer-subject", written));
        }
    }

    /** Returns the digits that the gateway's text can have. */
    private static String hex(Letters letters, boolean ignoresCase) {
        return ignoresCase ? "[0-9A-Fa-f]" : letters == Letters.LOWER ? "[0-9a-f]" : "[0-9A-F]";
    }

    private static String nameRemark(String attribute, String written) {
        return "the name " + written + " is the claim " + attribute
                + " of a rule in identities; names are compared by their" + " parts, not as text";
    }

    private Condition date(Expression.Comparison comparison) throws PolicyException {
        Operand left = operand(comparison.left());
        Operand right = operand(comparison.right());
        boolean less = comparison.operator().startsWith("<");
        if (left instanceof Operand.Now && right instanceof Operand.Date date) {
            return date(comparison, date, !less);
        } else if (left instanceof Operand.Date date && right instanceof Operand.Now) {
            return date(comparison, date, less);
        }
        throw notUnderstood(comparison, "NotBefore or NotAfter compared with DateTime.Now");
    }

    /**
     * Translates the comparison of a date with the current time.
     *
     * @param before whether the date is compared as earlier than now
     */
    private Condition date(Expression at, Operand.Date date, boolean before) throws PolicyException {
        if (date.nullSafe()) {
            throw notUnderstood(at, "a date without ?.");
        }
        boolean end = date.inForce().equals(Claim.NOT_ENDED);
        notes.remark(
                at.index(),
                Remark.Kind.TRANSLATED,
                "the comparison of the date is " + (end ? "validateNotAfter" : "validateNotBefore")
                        + ", which is on by default");
        notes.found(date.inForce(), at.index());
        Condition inForce = new Condition.Holds(date.inForce(), false);
        return before == end ? new Condition.Not(inForce) : inForce;
    }

    private static boolean ignoresCase(List<Expression> arguments, int from) throws PolicyException {
        if (arguments.size() <= from) {
            return false;
        }
        String comparison = path(arguments.get(from));
        if (arguments.size() == from + 1 && comparison.startsWith("StringComparison.")) {
            return comparison.endsWith("IgnoreCase");
        }
        throw notUnderstood(arguments.get(from), "a StringComparison");
    }

    /** Returns names joined by dots; a text that is no such path for any other expression. */
    private static String path(Expression expression) {
        if (expression instanceof Expression.Name name) {
            return name.name();
        }
        return expression instanceof Expression.Member member ? path(member.target()) + "." + member.name() : "?";
    }

    private static PolicyException notUnderstood(Expression expression, String expected) {
        return new PolicyException(
                expression.index(), "this part of the expression is not understood; expected " + expected);
    }
}
