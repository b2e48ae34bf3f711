/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;

/**
 * The result of parsing a list of digests.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <T> the kind of digest
 * @param digests the digests, each once, in their order; empty if there are problems, because half a list is worthless
 * @param warnings for the administrator, each a sentence
 * @param problems the reasons to refuse the text, each with the member, its place in the text and what is expected
 */
public record ParsedDigests<T extends CertificateDigest>(
        List<T> digests, List<String> warnings, List<String> problems) {
    public ParsedDigests {
        problems = List.copyOf(problems);
        digests = problems.isEmpty() ? List.copyOf(digests) : List.of();
        warnings = List.copyOf(warnings);
    }
}
