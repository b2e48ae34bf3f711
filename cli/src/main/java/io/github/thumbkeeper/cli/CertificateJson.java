/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes an item of a store as an object of JSON. */
final class CertificateJson {

    private CertificateJson() {}

    static Map<String, @Nullable Object> of(StoreItem item) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Entry entry = item.entry();
        json.put("source", item.source());
        json.put("label", entry.label());
        json.put("listedAs", item.digest().toString());
        X509Certificate certificate = item.certificate();
        if (certificate != null) {
            addCertificate(certificate, json);
        }
        json.put("roles", entry.roles().stream().sorted().toList());
        json.put("from", entry.from() == null ? null : entry.from().toString());
        json.put("until", entry.until() == null ? null : entry.until().toString());
        json.put("disabled", entry.disabled());
        return json;
    }

    private static void addCertificate(X509Certificate certificate, Map<String, @Nullable Object> json) {
        json.put("subject", DistinguishedNames.subjectOf(certificate));
        json.put("issuer", DistinguishedNames.printable(certificate.getIssuerX500Principal()));
        json.put("serialNumber", "0x" + certificate.getSerialNumber().toString(16));
        json.put("notBefore", certificate.getNotBefore().toInstant().toString());
        json.put("notAfter", certificate.getNotAfter().toInstant().toString());
        try {
            Thumbprint sha256 = Thumbprint.of(certificate, DigestAlgorithm.SHA256);
            Thumbprint sha1 = Thumbprint.of(certificate, DigestAlgorithm.SHA1);
            json.put("sha256", ThumbprintFormat.COLON.text(sha256));
            json.put("sha1", ThumbprintFormat.COLON.text(sha1));
            json.put("x5t#S256", ThumbprintFormat.BASE64URL.text(sha256));
            json.put("x5t", ThumbprintFormat.BASE64URL.text(sha1));
            json.put("pin", PublicKeyPin.of(certificate).toString());
        } catch (CertificateEncodingException | RuntimeException e) {
            json.put("problem", "the certificate cannot give its DER form");
        }
    }
}
