/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a certificate stands with the list at one moment: admitted, or the reason why not. Exactly one of the two is there. */
public record Standing(
        Verdict.@Nullable Admitted admitted, @Nullable Reason reason) {

    static final Standing NOT_LISTED = refused(Reason.NOT_LISTED);
    static final Standing DISABLED = refused(Reason.ENTRY_DISABLED);
    static final Standing NOT_IN_FORCE = refused(Reason.ENTRY_NOT_IN_FORCE);
    static final Standing NO_COMMON_NAME = refused(Reason.NO_COMMON_NAME);
    static final Standing NO_RULE = refused(Reason.NO_RULE);
    static final Standing DENIED = refused(Reason.DENIED);

    /** Returns whether nothing speaks for the certificate and nothing against it, so that a rule may still admit it. */
    public boolean isOpen() {
        return reason == Reason.NOT_LISTED || reason == Reason.ENTRY_NOT_IN_FORCE || reason == Reason.NO_RULE;
    }

    /** Returns that no rule admits the certificate either. */
    public static Standing noRule() {
        return NO_RULE;
    }

    Standing with(Set<String> roles) {
        if (admitted == null) {
            return this;
        }
        Identity same = admitted.identity();
        return new Standing(
                new Verdict.Admitted(new Identity(same.name(), same.label(), roles, same.thumbprint())), null);
    }

    private static Standing refused(Reason reason) {
        return new Standing(null, reason);
    }
}
