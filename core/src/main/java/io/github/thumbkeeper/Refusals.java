/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.certificate.BoundedCache;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.RefusalTemplate;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the refusals of a gate, each with a correlation id of its own. All else of a refusal is made once, so that a flood of
 * requests with the same certificate makes little garbage.
 *
 * <p>Thread-safe.
 */
final class Refusals {

    private static final int CACHE_SIZE = 256;

    private final GatePolicy policy;

    /** Templates of decisions, which a snapshot makes once for each certificate and reason. */
    private final BoundedCache<ListDecision.Refused, RefusalTemplate> templates = BoundedCache.byIdentity(CACHE_SIZE);

    Refusals(GatePolicy policy) {
        this.policy = policy;
    }

    /** Returns the refusal for a reason. */
    Verdict.Refused of(Reason reason) {
        return of(ListDecision.Refused.of(reason));
    }

    /**
     * Returns the refusal for a reason.
     *
     * @param detail more about the reason for the log, safe to print; empty if there is nothing to add
     */
    Verdict.Refused of(Reason reason, String detail) {
        return detail.isEmpty() ? of(reason) : with(template(reason, detail));
    }

    /** Returns the refusal for a decision. */
    Verdict.Refused of(ListDecision.Refused decision) {
        RefusalTemplate template = templates.get(decision);
        if (template == null) {
            template = template(decision.reason(), decision.detail());
            templates.put(decision, template);
        }
        return with(template);
    }

    private RefusalTemplate template(Reason reason, String detail) {
        boolean enforced = reason.isOutage() || policy.mode() == Mode.ENFORCE;
        return new RefusalTemplate(reason, detail, policy.errors().apply(reason), enforced);
    }

    private static Verdict.Refused with(RefusalTemplate template) {
        return template.with(ThreadLocalRandom.current().nextLong());
    }
}
