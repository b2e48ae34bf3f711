/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.list;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import java.util.List;
import java.util.Optional;

/** Reads the digest that identifies an entry in addresses and forms. Thread-safe. */
public final class EntryId {

    private static final int LONGEST = 200;

    private EntryId() {}

    /** Returns the digest with this text; empty if it is not exactly one. */
    public static Optional<CertificateDigest> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        ParsedDigests<? extends CertificateDigest> digests =
                text.startsWith("sha256/") ? PublicKeyPinParser.parse(text) : ThumbprintParser.parse(text);
        List<? extends CertificateDigest> found = digests.digests();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
