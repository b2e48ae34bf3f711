/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/** How a certificate stands with the list at one moment: admitted, or the reason why not. Exactly one of the two is there. */
public record Standing(
        Verdict.@Nullable Admitted admitted, @Nullable Reason reason) {

    static final Standing NOT_LISTED = refused(Reason.NOT_LISTED);
    static final Standing DISABLED = refused(Reason.ENTRY_DISABLED);
    static final Standing NOT_IN_FORCE = refused(Reason.ENTRY_NOT_IN_FORCE);
    static final Standing NO_COMMON_NAME = refused(Reason.NO_COMMON_NAME);

    private static Standing refused(Reason reason) {
        return new Standing(null, reason);
    }
}
