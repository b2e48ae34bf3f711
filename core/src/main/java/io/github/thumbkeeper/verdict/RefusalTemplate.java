/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

/**
 * Refusal without its correlation id. A gate makes it once for each reason and detail, so that a refused request takes few bytes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param reason the reason, which has the code
 * @param detail more about the reason for the log, safe to print; empty if there is nothing to add. The client never sees it
 * @param response the response to send, without its id
 * @param enforced whether the gate enforces
 */
public record RefusalTemplate(Reason reason, String detail, ErrorTemplate response, boolean enforced) {

    /**
     * Returns the refusal of one request.
     *
     * @param number a random number, from which the correlation id is made
     */
    public Verdict.Refused with(long number) {
        return new Verdict.Refused(this, number);
    }
}
