/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.StrictBase64;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a field that has the thumbprint of the certificate and nothing else. Immutable and thread-safe. */
final class FingerprintFormat implements HeaderFormat {

    /** Longest thumbprint in any form: SHA-512 with separators, a prefix and quotes. */
    private static final int LONGEST = 512;

    /** SHA-256 in base64 without and with padding. Google Cloud writes base64; no hex form has these lengths. */
    private static final int UNPADDED = 43;

    private static final int PADDED = 44;

    @Override
    public ForwardedClient read(ForwardedFields fields) throws BadHeaderException {
        String value = fields.certificate();
        FieldLimits.requireCertificate(value);
        Thumbprint thumbprint = switch (value.length()) {
            case UNPADDED -> base64(StrictBase64.UNPADDED, value);
            case PADDED -> base64(StrictBase64.STANDARD, value);
            default -> null;
        };
        return new ForwardedClient.Hash(thumbprint == null ? anyForm(value) : thumbprint);
    }

    private static @Nullable Thumbprint base64(StrictBase64 form, String value) {
        byte[] digest = form.decode(value);
        if (digest == null || digest.length != DigestAlgorithm.SHA256.length() || isZero(digest)) {
            return null;
        }
        return Thumbprint.ofDigest(DigestAlgorithm.SHA256, digest);
    }

    private static boolean isZero(byte[] digest) {
        for (byte each : digest) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static Thumbprint anyForm(String value) throws BadHeaderException {
        List<Thumbprint> found = value.length() > LONGEST
                ? List.of()
                : ThumbprintParser.parse(value).digests();
        if (found.size() != 1) {
            // The parser's own sentence shows parts of the text.
            throw new BadHeaderException("is not a thumbprint but another text of " + value.length()
                    + " characters; expected 40 (SHA-1), 64 (SHA-256), 96 (SHA-384) or 128 (SHA-512) hex digits");
        }
        return found.get(0);
    }
}
