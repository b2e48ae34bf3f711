/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.PemText;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import io.github.thumbkeeper.message.SafeText;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, decoded for a reader. Every text was chosen by the owner of the certificate: it is escaped for messages here, and
 * again for HTML by the templates.
 *
 * <p>Immutable and thread-safe.
 */
public final class CertificateView {

    private static final Duration SOON = Duration.ofDays(30);
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    /** id-kp-clientAuth and anyExtendedKeyUsage, RFC 5280 section 4.2.1.12. */
    private static final List<String> FOR_CLIENTS = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

    private final X509Certificate certificate;
    private final byte[] der;

    private CertificateView(X509Certificate certificate, byte[] der) {
        this.certificate = certificate;
        this.der = der;
    }

    /** Decodes a certificate. */
    public static CertificateView of(X509Certificate certificate) {
        try {
            return new CertificateView(certificate, certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that was parsed cannot give its DER form", e);
        }
    }

    /** Returns the certificate itself. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Returns the subject. */
    public String subject() {
        return DistinguishedNames.subjectOf(certificate);
    }

    /** Returns the issuer. */
    public String issuer() {
        return DistinguishedNames.issuerOf(certificate);
    }

    /** Returns the common name, or null. */
    public @Nullable String commonName() {
        String name = DistinguishedNames.commonName(certificate);
        return name == null ? null : SafeText.text(name);
    }

    /** Returns whether subject and issuer are equal. */
    public boolean isSelfIssued() {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    /** Returns the serial number in hex. */
    public String serial() {
        return SafeText.text(certificate.getSerialNumber().toString(16));
    }

    /** Returns the start of the validity. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** Returns the end of the validity. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Returns the type and size of the key. */
    public String key() {
        int bits = keyBits();
        return certificate.getPublicKey().getAlgorithm() + (bits > 0 ? " " + bits : "");
    }

    private int keyBits() {
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength();
        }
        return certificate.getPublicKey() instanceof ECPublicKey ec
                ? ec.getParams().getOrder().bitLength()
                : 0;
    }

    /** Returns the signature algorithm. */
    public String signature() {
        return SafeText.text(certificate.getSigAlgName());
    }

    /** Returns the SHA-256 thumbprint in the form of the settings. */
    public String sha256() {
        return Thumbprint.ofEncoded(der, DigestAlgorithm.SHA256).toString();
    }

    /** Returns the SHA-1 thumbprint in the form of the settings. */
    public String sha1() {
        return Thumbprint.ofEncoded(der, DigestAlgorithm.SHA1).toString();
    }

    /** Returns the pin of the public key. */
    public String pin() {
        return PublicKeyPin.of(certificate).toString();
    }

    /** Returns the alternative names of the subject. */
    public List<String> alternativeNames() {
        SubjectAlternativeNames names = SubjectAlternativeNames.of(certificate);
        return Stream.of(names.dnsNames(), names.uris(), names.emails(), names.userPrincipalNames())
                .flatMap(List::stream)
                .map(SafeText::text)
                .toList();
    }

    /** Returns the certificate in PEM. */
    public String pem() {
        return PemText.ofCertificate(der);
    }

    /** Returns what an administrator should know before the certificate is listed, without what depends on the list. */
    public List<Remark> remarks(Instant now) {
        List<Remark> remarks = new ArrayList<>();
        if (notAfter().isBefore(now)) {
            remarks.add(new Remark("expired", true, ""));
        } else if (notAfter().isBefore(now.plus(SOON))) {
            remarks.add(new Remark("endsSoon", false, ""));
        }
        if (notBefore().isAfter(now)) {
            remarks.add(new Remark("notYetValid", false, ""));
        }
        if (certificate.getBasicConstraints() >= 0) {
            remarks.add(new Remark("authority", true, ""));
        }
        if (SignatureAlgorithm.isBroken(certificate)) {
            remarks.add(new Remark("brokenSignature", true, signature()));
        }
        if (hasSmallKey()) {
            remarks.add(new Remark("smallKey", true, key()));
        }
        if (!isForClients()) {
            remarks.add(new Remark("notForClients", true, ""));
        }
        return remarks;
    }

    private boolean hasSmallKey() {
        int bits = keyBits();
        return certificate.getPublicKey() instanceof RSAPublicKey
                ? bits < LEAST_RSA_BITS
                : bits > 0 && bits < LEAST_EC_BITS;
    }

    private boolean isForClients() {
        try {
            List<String> usages = certificate.getExtendedKeyUsage();
            return usages == null || usages.stream().anyMatch(FOR_CLIENTS::contains);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
