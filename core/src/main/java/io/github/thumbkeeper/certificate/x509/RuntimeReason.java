/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reason that the Java runtime gives for refusing a certificate or CRL, as far as a message may repeat it. Some of its sentences
 * quote what was read, so only known ones are repeated, and only their fixed words. Thread-safe.
 */
final class RuntimeReason {

    private static final int MOST_CAUSES = 8;

    /** The fixed words of OpenJDK 17 to 25, in {@code sun.security.x509}, {@code .util}, {@code .rsa} and {@code .ec}. */
    private static final List<Pattern> KNOWN = Stream.of(
                    "Duplicate extensions not allowed",
                    "Empty (issuer|subject) DN not allowed in (X509Certificates|v1 certificate)",
                    "[Nn]ull issuer DN not allowed",
                    "Extensions not allowed in v[12] certificate",
                    "no more data allowed for version 1 certificate",
                    "subject field is empty, and certificate has no extensions",
                    "subject field is empty, and SubjectAlternativeName extension is (absent|empty)",
                    "SubjectAlternativeName extension MUST be marked critical when subject field is empty",
                    "Signature algorithm mismatch",
                    "Only named ECParameters supported",
                    "Only curves over prime fields are supported",
                    "Only uncompressed point format supported",
                    "Not a (known named|supported) curve",
                    "Unknown named curve",
                    "Unsupported EC parameters",
                    "(Point|Point coordinates) (does|do) not match field size",
                    "Public point is (not on the curve|at infinity)",
                    "RSA keys must be (at least|no longer than) [0-9]{1,6} bits( long)?",
                    "RSA exponents can be no longer than [0-9]{1,6} bits",
                    "exponent is (larger than modulus|smaller than 3)",
                    "Invalid RSA public key",
                    "Invalid EC key",
                    "Incorrect validity period",
                    "Invalid encod(ed|ing for) CertificateValidity",
                    "Invalid version",
                    "Excess SerialNumber data",
                    "excess (subject key|key data)",
                    "invalid key format",
                    "algid (field overrun|parse error, not a sequence)",
                    "Invalid AlgorithmIdentifier: extra data",
                    "signed fields (invalid|overrun)",
                    "CRL signed fields (invalid|overrun)",
                    "Invalid encoding: (redundant leading 0s|zero length Int value|zero length bit string)",
                    "Invalid DER encoding, useless extra octet detected",
                    "Indefinite length encoding not supported",
                    "Nesting sequence depth limit reached",
                    "Unsupported DER string type",
                    "not a DER string encoding",
                    "AVA not a sequence",
                    "X500 RDN",
                    "Not enough length bytes",
                    "Too short",
                    "Insufficient data",
                    "Not the correct tag",
                    "Unparseable critical extension")
            .map(Pattern::compile)
            .toList();

    private RuntimeReason() {}

    /** Returns the reason, or the name of the exception. Never throws. */
    static String of(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            Optional<String> known = known(each.getMessage());
            if (known.isPresent()) {
                return known.get();
            }
            each = each.getCause();
        }
        return thrown.getClass().getSimpleName();
    }

    private static Optional<String> known(@Nullable String text) {
        return text == null
                ? Optional.empty()
                : KNOWN.stream()
                        .map(pattern -> pattern.matcher(text))
                        .filter(Matcher::find)
                        .map(Matcher::group)
                        .findFirst();
    }
}
