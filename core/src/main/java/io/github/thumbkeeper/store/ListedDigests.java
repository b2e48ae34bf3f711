/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of digests that the lists of a gate may have. An entry of a kind that the proxy does not send could never be found:
 * it would not admit, and in a deny list it would not deny.
 *
 * <p>Thread-safe.
 */
sealed interface ListedDigests {

    /** Returns the check for the lists of one gate. */
    static ListedDigests of(ReloadPolicy.Digests allowed) {
        return switch (allowed) {
            case ANY -> new Any();
            case SHA256 -> new Sha256();
            case ONE_ALGORITHM -> new OneAlgorithm();
        };
    }

    /** Returns why these entries may not come into force, a clause without subject, or null if they may. */
    @Nullable
    String objection(EntryTable entries);

    /** Every kind: the gate has the certificate itself. */
    record Any() implements ListedDigests {
        @Override
        public @Nullable String objection(EntryTable entries) {
            return null;
        }
    }

    /** Only SHA-256 thumbprints, as Envoy sends them. */
    record Sha256() implements ListedDigests {
        @Override
        public @Nullable String objection(EntryTable entries) {
            return entries.kinds().allMatch(DigestKind.SHA256::equals)
                    ? null
                    : "lists something other than SHA-256 thumbprints, which are all that is known of a certificate with"
                            + " [xfccHashOnly=true]";
        }
    }

    /** Only thumbprints of one algorithm: that of the first list with entries, until the gate is started again. */
    final class OneAlgorithm implements ListedDigests {

        private final AtomicReference<@Nullable DigestAlgorithm> first = new AtomicReference<>();

        @Override
        public @Nullable String objection(EntryTable entries) {
            List<DigestKind> kinds = entries.kinds().toList();
            if (kinds.isEmpty()) {
                return null;
            }
            DigestAlgorithm algorithm = kinds.size() == 1 ? kinds.get(0).thumbprints() : null;
            if (algorithm == null) {
                return "lists something other than thumbprints of one algorithm, and a thumbprint is all that is known of a"
                        + " certificate with [certificateHeader=fingerprint]";
            }
            first.compareAndSet(null, algorithm);
            DigestAlgorithm expected = Objects.requireNonNull(first.get());
            return expected == algorithm
                    ? null
                    : "lists " + algorithm.standardName() + " thumbprints, and the lists read before have "
                            + expected.standardName()
                            + "; with [certificateHeader=fingerprint] all lists need the algorithm that the proxy sends;"
                            + " to change it, restart the gate";
        }
    }
}
