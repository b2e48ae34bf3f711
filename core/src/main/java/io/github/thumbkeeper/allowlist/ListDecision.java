/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decision of the list, and of the rules that add to it, on one certificate at one moment.
 *
 * <p>Immutable and thread-safe. A snapshot makes the decisions on a certificate once, so that a request allocates none.
 */
public sealed interface ListDecision {

    /**
     * An entry or a rule admits the certificate. The other checks, such as dates and trust, can still refuse it.
     *
     * @param verdict the verdict if every check passes
     */
    record Admitted(Verdict.Admitted verdict) implements ListDecision {

        Admitted withRoles(Set<String> roles) {
            Identity old = verdict.identity();
            return new Admitted(new Verdict.Admitted(new Identity(old.name(), old.label(), roles, old.thumbprint())));
        }
    }

    /**
     * The certificate is refused.
     *
     * @param detail more about the reason for the log, safe to print; empty if there is nothing to add
     */
    record Refused(Reason reason, String detail) implements ListDecision {

        private static final Map<Reason, Refused> WITHOUT_DETAIL = new EnumMap<>(Stream.of(Reason.values())
                .collect(Collectors.toMap(Function.identity(), reason -> new Refused(reason, ""))));

        /** Returns the refusal without a detail, the same object each time. */
        public static Refused of(Reason reason) {
            return Objects.requireNonNull(WITHOUT_DETAIL.get(reason));
        }

        /** Returns whether a rule may still admit the certificate: no entry admits it, and none forbids it. */
        public boolean isOpenToRules() {
            return reason == Reason.NOT_LISTED
                    || reason == Reason.ENTRY_NOT_IN_FORCE
                    || reason == Reason.NO_RULE_FOR_ENTRY;
        }
    }
}
