/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a certificate that rules can refer to. An attribute that cannot be read without an exception is null, so that no
 * claim about it holds. Not thread-safe.
 */
final class CertificateAttributes {

    private final X509Certificate certificate;
    private final Map<DigestAlgorithm, Thumbprint> thumbprints = new EnumMap<>(DigestAlgorithm.class);
    private final @Nullable PublicKeyPin pin;
    private final @Nullable BigInteger serial;
    private final @Nullable DistinguishedName subject;
    private final @Nullable String commonName;
    private final SubjectAlternativeNames names;

    CertificateAttributes(X509Certificate certificate) {
        this.certificate = certificate;
        this.pin = orNull(() -> PublicKeyPin.of(certificate));
        this.serial = orNull(certificate::getSerialNumber);
        this.subject = orNull(() -> DistinguishedName.of(certificate.getSubjectX500Principal()));
        this.commonName = DistinguishedNames.commonName(certificate);
        this.names = SubjectAlternativeNames.of(certificate);
    }

    @Nullable
    Thumbprint thumbprint(DigestAlgorithm algorithm) {
        Thumbprint known = thumbprints.get(algorithm);
        if (known == null) {
            known = orNull(() -> Thumbprint.of(certificate, algorithm));
            if (known != null) {
                thumbprints.put(algorithm, known);
            }
        }
        return known;
    }

    @Nullable
    PublicKeyPin pin() {
        return pin;
    }

    @Nullable
    BigInteger serial() {
        return serial;
    }

    @Nullable
    DistinguishedName subject() {
        return subject;
    }

    @Nullable
    String commonName() {
        return commonName;
    }

    SubjectAlternativeNames names() {
        return names;
    }

    private static <T> @Nullable T orNull(Callable<T> attribute) {
        try {
            return attribute.call();
        } catch (Exception e) {
            return null;
        }
    }
}
