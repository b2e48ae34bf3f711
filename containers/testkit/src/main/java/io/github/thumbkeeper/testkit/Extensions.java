/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** Collects the extensions of a new certificate. */
final class Extensions {
    private final List<GeneralName> alternativeNames = new ArrayList<>();
    private final List<Extension> others = new ArrayList<>();

    void alternativeName(int kind, String name) {
        alternativeNames.add(new GeneralName(kind, name));
    }

    void ca() {
        add(Extension.basicConstraints, true, new BasicConstraints(true));
        add(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    void extendedKeyUsage(String... oids) {
        KeyPurposeId[] purposes = Stream.of(oids)
                .map(oid -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(oid)))
                .toArray(KeyPurposeId[]::new);
        add(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    void raw(String oid, boolean critical, byte[] der) {
        others.add(new Extension(new ASN1ObjectIdentifier(oid), critical, new DEROctetString(der)));
    }

    /** RFC 5280 section 4.2.1.6: the alternative names are critical when the subject is empty. */
    void addTo(X509v3CertificateBuilder draft, boolean emptySubject) throws IOException {
        for (Extension extension : others) {
            draft.addExtension(extension);
        }
        if (!alternativeNames.isEmpty()) {
            GeneralNames names = new GeneralNames(alternativeNames.toArray(GeneralName[]::new));
            draft.addExtension(Extension.subjectAlternativeName, emptySubject, names);
        }
    }

    private void add(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            raw(oid.getId(), critical, value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new IllegalStateException("Cannot encode the extension " + oid, e);
        }
    }
}
