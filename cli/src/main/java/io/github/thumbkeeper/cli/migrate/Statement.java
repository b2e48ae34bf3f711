/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy that decides whether a request reaches the application. Immutable and thread-safe. */
sealed interface Statement {

    /** The result of statements for one request. */
    sealed interface Outcome {

        /** The next statement runs, or the application. */
        record Passes() implements Outcome {}

        /** The gateway answers with this. */
        record Refused(Refusal refusal) implements Outcome {}

        /** The gateway answers with an error of its own. */
        record Fails() implements Outcome {}
    }

    /** Returns the result for a request. */
    Outcome run(Request request);

    /** Returns all claims in it. */
    Stream<Claim> claims();

    /** Runs statements in their order, up to the first that does not let the request pass. */
    static Outcome run(List<Statement> statements, Request request) {
        for (Statement statement : statements) {
            Outcome outcome = statement.run(request);
            if (!(outcome instanceof Outcome.Passes)) {
                return outcome;
            }
        }
        return new Outcome.Passes();
    }

    /** {@code return-response}. */
    record Return(Refusal refusal) implements Statement {
        @Override
        public Outcome run(Request request) {
            return new Outcome.Refused(refusal);
        }

        @Override
        public Stream<Claim> claims() {
            return Stream.empty();
        }
    }

    /** {@code validate-client-certificate}: passes if the condition is true, and fails otherwise. */
    record Require(Condition condition) implements Statement {
        @Override
        public Outcome run(Request request) {
            return condition.of(request) == Condition.Truth.TRUE ? new Outcome.Passes() : new Outcome.Fails();
        }

        @Override
        public Stream<Claim> claims() {
            return condition.claims();
        }
    }

    /** {@code choose}: the first branch whose condition is true; {@code otherwise} is a branch that always is. */
    record Choose(List<Branch> branches) implements Statement {
        @Override
        public Outcome run(Request request) {
            for (Branch branch : branches) {
                switch (branch.condition().of(request)) {
                    case TRUE -> {
                        return Statement.run(branch.statements(), request);
                    }
                    case FAILS -> {
                        return new Outcome.Fails();
                    }
                    case FALSE -> {}
                }
            }
            return new Outcome.Passes();
        }

        @Override
        public Stream<Claim> claims() {
            return branches.stream()
                    .flatMap(branch -> Stream.concat(
                            branch.condition().claims(),
                            branch.statements().stream().flatMap(Statement::claims)));
        }
    }

    /** A condition and the statements that run if it is true. */
    record Branch(Condition condition, List<Statement> statements) {}

    /** Returns the refusal of an outcome. */
    static Optional<Refusal> refusal(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? Optional.of(refused.refusal()) : Optional.empty();
    }
}
