/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import java.util.function.Function;

/**
 * The gate's policy, apart from the allow list.
 *
 * <p>Immutable and thread-safe.
 *
 * @param mode the treatment of refused requests
 * @param anonymous whether requests without any certificate pass
 * @param exclude the paths that need no certificate
 * @param corsPreflight whether CORS preflights pass
 * @param dates the check of the certificate's dates
 * @param constraints the requirements for every certificate
 * @param revocationSoftFail whether a certificate passes if its revocation status is unknown
 * @param errors the template of the error response for each reason
 */
public record GatePolicy(
        Mode mode,
        boolean anonymous,
        ExemptPaths exclude,
        boolean corsPreflight,
        ValidityDates dates,
        Constraints constraints,
        boolean revocationSoftFail,
        Function<Reason, ErrorTemplate> errors) {

    /** Returns whether every request that is not admitted is refused. */
    public boolean refusesAllOthers() {
        return mode == Mode.ENFORCE && !anonymous && exclude.isEmpty() && !corsPreflight;
    }
}
