/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;

/**
 * What was read from the text of a list of digests.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param <T> the kind of digest
 * @param digests what the text lists, each once, in its order; empty if there are problems, because half a list is none
 * @param warnings what the administrator should know, each a sentence
 * @param problems why the text is refused, each naming the member, the place in the text and what is accepted
 */
public record ParsedDigests<T extends CertificateDigest>(
        List<T> digests, List<String> warnings, List<String> problems) {
    public ParsedDigests {
        problems = List.copyOf(problems);
        digests = problems.isEmpty() ? List.copyOf(digests) : List.of();
        warnings = List.copyOf(warnings);
    }
}
