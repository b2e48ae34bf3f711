/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;

/** Forms of a thumbprint. A gate understands all of them but the bare base64url. */
enum ThumbprintFormat {
    /** The form of the settings: {@code sha256:9f86d0…}. */
    HEX,
    /** The form of OpenSSL and keytool: {@code 9F:86:D0…}. */
    COLON,
    /** Base64url without padding, as in a JWT's {@code x5t}. */
    BASE64URL,
    /** The pin of the public key: {@code sha256/…=}. */
    PIN,
    /** Base64url with the name of its JOSE header parameter (RFC 7515 section 4.1.7): {@code x5t#S256:…}. */
    X5T,
    /** All forms, with what else identifies the certificate. */
    JSON;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    /** Returns the format of this name. */
    static ThumbprintFormat named(String name) throws UsageException {
        return Arrays.stream(values())
                .filter(format -> format.key().equals(name))
                .findFirst()
                .orElseThrow(() -> UsageException.of(
                        name,
                        "is not a format; expected "
                                + Arrays.stream(values())
                                        .map(ThumbprintFormat::key)
                                        .collect(Collectors.joining(", "))));
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a thumbprint in this form; pins and JSON are not forms of a thumbprint. */
    String text(Thumbprint thumbprint) {
        return switch (this) {
            case HEX -> thumbprint.toString();
            case COLON -> COLONS.formatHex(thumbprint.toBytes());
            case BASE64URL -> base64url(thumbprint);
            case X5T -> (thumbprint.algorithm() == DigestAlgorithm.SHA1 ? "x5t:" : "x5t#S256:") + base64url(thumbprint);
            case PIN, JSON -> throw new IllegalStateException(this + " is not a form of a thumbprint");
        };
    }

    private static String base64url(Thumbprint thumbprint) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(thumbprint.toBytes());
    }
}
