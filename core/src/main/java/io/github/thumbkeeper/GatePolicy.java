/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import java.util.function.Function;

/**
 * What a gate has been told to do, besides the list.
 *
 * @param mode what becomes of a refused request
 * @param anonymous whether a request without any certificate passes
 * @param exclude the paths that need no certificate
 * @param corsPreflight whether CORS preflights pass
 * @param dates how the validity of a certificate is checked
 * @param constraints what every certificate must fulfil
 * @param revocationSoftFail whether a certificate passes of which nobody could tell whether it is revoked
 * @param errors the error response for each reason
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
