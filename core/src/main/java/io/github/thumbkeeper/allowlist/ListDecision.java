/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a certificate stands with the list at one moment: admitted, or the reason why not. Exactly one of the two is there. */
public record ListDecision(
        Verdict.@Nullable Admitted admitted, @Nullable Reason reason) {

    static final ListDecision NOT_LISTED = refused(Reason.NOT_LISTED);
    static final ListDecision DISABLED = refused(Reason.ENTRY_DISABLED);
    static final ListDecision NOT_IN_FORCE = refused(Reason.ENTRY_NOT_IN_FORCE);
    static final ListDecision NO_COMMON_NAME = refused(Reason.NO_COMMON_NAME);
    static final ListDecision NO_RULE = refused(Reason.NO_RULE);
    static final ListDecision DENIED = refused(Reason.DENIED);

    /** Returns whether nothing speaks for the certificate and nothing against it, so that a rule may still admit it. */
    public boolean isOpen() {
        return reason == Reason.NOT_LISTED || reason == Reason.ENTRY_NOT_IN_FORCE || reason == Reason.NO_RULE;
    }

    /** Returns that no rule admits the certificate either. */
    public static ListDecision noRule() {
        return NO_RULE;
    }

    ListDecision with(Set<String> roles) {
        if (admitted == null) {
            return this;
        }
        Identity same = admitted.identity();
        return new ListDecision(
                new Verdict.Admitted(new Identity(same.name(), same.label(), roles, same.thumbprint())), null);
    }

    private static ListDecision refused(Reason reason) {
        return new ListDecision(null, reason);
    }
}
