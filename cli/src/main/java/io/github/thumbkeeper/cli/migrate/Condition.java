/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.stream.Stream;

/** The condition of a policy, a formula of claims. Immutable and thread-safe. */
sealed interface Condition {

    /** The value of a condition for one request. */
    enum Truth {
        TRUE,
        FALSE,
        /** A property of a missing certificate was read. The gateway answers with an error and does not forward the request. */
        FAILS;

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /** Returns the value for a request, evaluated from left to right as C# does. */
    Truth of(Request request);

    /** Returns all claims in it. */
    Stream<Claim> claims();

    /** A constant. */
    record Constant(boolean value) implements Condition {
        @Override
        public Truth of(Request request) {
            return Truth.of(value);
        }

        @Override
        public Stream<Claim> claims() {
            return Stream.empty();
        }
    }

    /** There is no client certificate. */
    record Missing() implements Condition {
        @Override
        public Truth of(Request request) {
            return Truth.of(!request.hasCertificate());
        }

        @Override
        public Stream<Claim> claims() {
            return Stream.empty();
        }
    }

    /**
     * A claim holds.
     *
     * @param nullSafe whether it is false, and does not fail, if there is no certificate
     */
    record Holds(Claim claim, boolean nullSafe) implements Condition {
        @Override
        public Truth of(Request request) {
            if (!request.hasCertificate()) {
                return nullSafe ? Truth.FALSE : Truth.FAILS;
            }
            return Truth.of(request.has(claim));
        }

        @Override
        public Stream<Claim> claims() {
            return Stream.of(claim);
        }
    }

    /** True; but fails if there is no certificate. */
    record Read() implements Condition {
        @Override
        public Truth of(Request request) {
            return request.hasCertificate() ? Truth.TRUE : Truth.FAILS;
        }

        @Override
        public Stream<Claim> claims() {
            return Stream.empty();
        }
    }

    /** The opposite. */
    record Not(Condition operand) implements Condition {
        @Override
        public Truth of(Request request) {
            return switch (operand.of(request)) {
                case TRUE -> Truth.FALSE;
                case FALSE -> Truth.TRUE;
                case FAILS -> Truth.FAILS;
            };
        }

        @Override
        public Stream<Claim> claims() {
            return operand.claims();
        }
    }

    /** All operands are true. */
    record All(List<Condition> operands) implements Condition {
        @Override
        public Truth of(Request request) {
            for (Condition operand : operands) {
                Truth truth = operand.of(request);
                if (truth != Truth.TRUE) {
                    return truth;
                }
            }
            return Truth.TRUE;
        }

        @Override
        public Stream<Claim> claims() {
            return operands.stream().flatMap(Condition::claims);
        }
    }

    /** At least one operand is true. */
    record Any(List<Condition> operands) implements Condition {
        @Override
        public Truth of(Request request) {
            for (Condition operand : operands) {
                Truth truth = operand.of(request);
                if (truth != Truth.FALSE) {
                    return truth;
                }
            }
            return Truth.FALSE;
        }

        @Override
        public Stream<Claim> claims() {
            return operands.stream().flatMap(Condition::claims);
        }
    }
}
