/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;

/** A C# expression, as far as policies about certificates need it. Immutable and thread-safe. */
sealed interface Expression {

    /** Returns the index of its first character in the document. */
    int index();

    /** A string. */
    record Text(int index, String value) implements Expression {}

    /** A number. */
    record Digits(int index, String value) implements Expression {}

    /** A name, which may be a keyword such as {@code null}. */
    record Name(int index, String name) implements Expression {}

    /**
     * A member of an object.
     *
     * @param nullSafe whether it is written with {@code ?.}
     */
    record Member(Expression target, String name, boolean nullSafe) implements Expression {
        @Override
        public int index() {
            return target.index();
        }
    }

    /** A call of a member or a function. */
    record Call(Expression function, List<Expression> arguments) implements Expression {
        @Override
        public int index() {
            return function.index();
        }
    }

    /** A function with one parameter, such as {@code c => c.Value}. */
    record Lambda(int index, String parameter, Expression body) implements Expression {}

    /** {@code !a}. */
    record Negation(int index, Expression operand) implements Expression {}

    /** Operands joined by {@code ||}, {@code &&} or {@code ??}, in their order; at least two. */
    record Chain(String operator, List<Expression> operands) implements Expression {
        @Override
        public int index() {
            return operands.get(0).index();
        }
    }

    /** Two operands with an operator that compares them. */
    record Comparison(String operator, Expression left, Expression right) implements Expression {
        @Override
        public int index() {
            return left.index();
        }
    }

    /** A new array, list or set of these elements. */
    record Collection(int index, List<Expression> elements) implements Expression {}

    /** {@code condition ? yes : no}, or {@code if}. */
    record Conditional(Expression condition, Expression yes, Expression no) implements Expression {
        @Override
        public int index() {
            return condition.index();
        }
    }

    /** A variable, and the expression that may use it. */
    record Let(int index, String variable, Expression value, Expression body) implements Expression {}
}
