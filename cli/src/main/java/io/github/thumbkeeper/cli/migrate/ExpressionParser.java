/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parses the tokens of a policy expression by recursive descent. Not thread-safe.
 *
 * <p>The precedence is that of C#: {@code ?:}, {@code ??}, {@code ||}, {@code &&}, equality, relation, {@code !}, members and calls.
 */
final class ExpressionParser {

    private static final Set<String> COLLECTIONS = Set.of("List", "HashSet");

    /** Deeper nesting could overflow the stack. */
    private static final int DEEPEST = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(PolicyValue value) throws PolicyException {
        ExpressionParser parser = new ExpressionParser(value.tokens());
        boolean statements = parser.token().is("{");
        parser.at++;
        Expression expression = statements ? parser.statements() : parser.expression();
        parser.expect(statements ? "}" : ")");
        return expression;
    }

    /** Parses {@code var name = value;} and {@code if (condition) { return value; }} up to {@code return value;}. */
    private Expression statements() throws PolicyException {
        enter();
        Token first = token();
        if (first.is("return")) {
            at++;
            Expression value = expression();
            expect(";");
            return value;
        } else if (first.is("if")) {
            at++;
            expect("(");
            Expression condition = expression();
            expect(")");
            Expression yes = block();
            return new Expression.Conditional(condition, yes, accept("else") ? block() : statements());
        } else if (first.kind() == Token.Kind.NAME && token(1).kind() == Token.Kind.NAME && token(2).is("=")) {
            String variable = token(1).text();
            at += 3;
            Expression value = expression();
            expect(";");
            return new Expression.Let(first.index(), variable, value, statements());
        }
        throw unexpected("var NAME = …; or if (…) or return …;");
    }

    private Expression block() throws PolicyException {
        if (!accept("{")) {
            return statements();
        }
        Expression value = statements();
        expect("}");
        return value;
    }

    private Expression expression() throws PolicyException {
        enter();
        Expression condition = chain("??");
        if (accept("?")) {
            Expression yes = expression();
            expect(":");
            condition = new Expression.Conditional(condition, yes, expression());
        }
        depth--;
        return condition;
    }

    private Expression chain(String operator) throws PolicyException {
        List<Expression> operands = new ArrayList<>();
        do {
            operands.add(
                    switch (operator) {
                        case "??" -> chain("||");
                        case "||" -> chain("&&");
                        default -> equality();
                    });
        } while (accept(operator));
        return operands.size() == 1 ? operands.get(0) : new Expression.Chain(operator, List.copyOf(operands));
    }

    private Expression equality() throws PolicyException {
        int outside = depth;
        Expression left = relation();
        while (token().is("==") || token().is("!=")) {
            enter();
            String operator = take().text();
            left = new Expression.Comparison(operator, left, relation());
        }
        depth = outside;
        return left;
    }

    private Expression relation() throws PolicyException {
        int outside = depth;
        Expression left = unary();
        while (token().is("<") || token().is(">") || token().is("<=") || token().is(">=")) {
            enter();
            String operator = take().text();
            left = new Expression.Comparison(operator, left, unary());
        }
        depth = outside;
        return left;
    }

    private Expression unary() throws PolicyException {
        Token first = token();
        if (!accept("!")) {
            return members();
        }
        enter();
        Expression negation = new Expression.Negation(first.index(), unary());
        depth--;
        return negation;
    }

    private Expression members() throws PolicyException {
        Expression value = primary();
        for (int length = 0; true; length++) {
            if (length > DEEPEST) {
                throw tooDeep();
            }
            boolean nullSafe = token().is("?.");
            if (accept(".") || accept("?.")) {
                value = new Expression.Member(value, name(), nullSafe);
            } else if (accept("(")) {
                value = new Expression.Call(value, list(")"));
            } else {
                return value;
            }
        }
    }

    private Expression primary() throws PolicyException {
        Token first = token();
        if (first.is("new")) {
            return collection();
        } else if (first.is("(")) {
            at++;
            Expression inner = expression();
            expect(")");
            return grouped(inner);
        } else if (first.kind() == Token.Kind.NAME && token(1).is("=>")) {
            at += 2;
            return new Expression.Lambda(first.index(), first.text(), expression());
        } else if (first.kind() == Token.Kind.NAME) {
            return new Expression.Name(first.index(), take().text());
        } else if (first.kind() == Token.Kind.STRING) {
            return new Expression.Text(first.index(), take().text());
        } else if (first.kind() == Token.Kind.NUMBER) {
            return new Expression.Digits(first.index(), take().text());
        }
        throw unexpected("an operand");
    }

    /** Brackets end the reach of {@code ?.}, so that a member of {@code (a?.b)} fails where one of {@code a?.b} does not. */
    private Expression grouped(Expression inner) throws PolicyException {
        boolean reached = inner instanceof Expression.Member || inner instanceof Expression.Call;
        if (reached && (token().is(".") || token().is("?."))) {
            throw unexpected("an operator; leave out the brackets before a member");
        }
        return inner;
    }

    /** Parses {@code new[] {…}}, {@code new string[] {…}} and {@code new List<string> {…}}. */
    private Expression collection() throws PolicyException {
        int index = take().index();
        if (token().kind() == Token.Kind.NAME && COLLECTIONS.contains(token().text())) {
            at++;
            expect("<");
            name();
            expect(">");
            if (accept("(")) {
                expect(")");
            }
        } else {
            if (token().kind() == Token.Kind.NAME) {
                at++;
            }
            expect("[");
            expect("]");
        }
        expect("{");
        return new Expression.Collection(index, list("}"));
    }

    private List<Expression> list(String end) throws PolicyException {
        List<Expression> elements = new ArrayList<>();
        while (!accept(end)) {
            elements.add(expression());
            if (!token().is(end)) {
                expect(",");
            }
        }
        return List.copyOf(elements);
    }

    private String name() throws PolicyException {
        if (token().kind() != Token.Kind.NAME) {
            throw unexpected("a name");
        }
        return take().text();
    }

    private Token token() {
        return token(0);
    }

    private Token token(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    private Token take() {
        return tokens.get(at++);
    }

    private boolean accept(String symbolOrName) {
        boolean found = token().is(symbolOrName);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String symbol) throws PolicyException {
        if (!accept(symbol)) {
            throw unexpected("[" + symbol + "]");
        }
    }

    private void enter() throws PolicyException {
        if (++depth > DEEPEST) {
            throw tooDeep();
        }
    }

    private PolicyException tooDeep() {
        return new PolicyException(token().index(), "the expression is nested too deeply; expected a simpler one");
    }

    private PolicyException unexpected(String expected) {
        String found = token().kind() == Token.Kind.END ? "the end" : SafeText.quoted(token().text());
        return new PolicyException(token().index(), "the expression has " + found + " here; expected " + expected);
    }
}
