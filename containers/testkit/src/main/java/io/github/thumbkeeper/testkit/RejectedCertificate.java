/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTNamedCurves;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Certificates as other software issues and forwards them, and the Java runtime rejects them. Their signatures are not valid. */
public enum RejectedCertificate {
    /** Has its first extension twice. */
    DUPLICATE_EXTENSION {
        @Override
        void change(ASN1Encodable[] tbs) {
            ASN1Sequence extensions = ASN1Sequence.getInstance((ASN1TaggedObject) tbs[EXTENSIONS], true);
            ASN1Encodable[] twice = Arrays.copyOf(extensions.toArray(), extensions.size() + 1);
            twice[extensions.size()] = twice[0];
            tbs[EXTENSIONS] = new DERTaggedObject(true, 3, new DERSequence(twice));
        }
    },
    /** Has a public key whose curve is given by its parameters instead of its name. */
    EXPLICIT_CURVE {
        @Override
        void change(ASN1Encodable[] tbs) {
            SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(tbs[PUBLIC_KEY]);
            ASN1ObjectIdentifier curve =
                    ASN1ObjectIdentifier.getInstance(key.getAlgorithm().getParameters());
            AlgorithmIdentifier explicit =
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, NISTNamedCurves.getByOID(curve));
            tbs[PUBLIC_KEY] = new DERSequence(new ASN1Encodable[] {explicit, key.getPublicKeyData()});
        }
    },
    /** Has an issuer without attributes. */
    EMPTY_ISSUER {
        @Override
        void change(ASN1Encodable[] tbs) {
            tbs[ISSUER] = new DERSequence();
        }
    };

    private static final int ISSUER = 3;
    private static final int PUBLIC_KEY = 6;
    private static final int EXTENSIONS = 7;

    abstract void change(ASN1Encodable[] tbs);

    /** Returns this certificate with the rest of another one, which has an EC key and an extension. */
    public byte[] of(TestCertificate certificate) {
        ASN1Encodable[] parts = ASN1Sequence.getInstance(certificate.der()).toArray();
        ASN1Encodable[] tbs = ASN1Sequence.getInstance(parts[0]).toArray();
        change(tbs);
        parts[0] = new DERSequence(tbs);
        try {
            return new DERSequence(parts).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns this certificate in base64, without line breaks. */
    public String base64(TestCertificate certificate) {
        return Base64.getEncoder().encodeToString(of(certificate));
    }
}
