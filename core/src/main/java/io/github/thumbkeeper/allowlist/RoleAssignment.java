/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import java.util.Optional;
import java.util.Set;

/**
 * Roles for the entries with a label.
 *
 * <p>Immutable and thread-safe.
 *
 * @param label a label, or a pattern as in {@link LabelGlob}; or the thumbprint or public key pin of entries without a label
 * @param roles the roles to add
 * @param name the label as messages show it; for a label from a file, its line
 */
public record RoleAssignment(String label, Set<String> roles, String name) {
    public RoleAssignment {
        roles = Set.copyOf(roles);
    }

    /** Returns whether the label is a pattern. */
    boolean isGlob() {
        return LabelGlob.isGlob(label);
    }

    /** Returns the digest that the label is the text of. A file named after a thumbprint has such a label, too. */
    Optional<CertificateDigest> digest() {
        if (isGlob()) {
            return Optional.empty();
        }
        boolean pin = label.startsWith("sha256/") || label.startsWith("pin-sha256");
        ParsedDigests<? extends CertificateDigest> parsed =
                pin ? PublicKeyPinParser.parse(label) : ThumbprintParser.parse(label);
        return parsed.problems().isEmpty() ? Optional.of(parsed.digests().get(0)) : Optional.empty();
    }
}
