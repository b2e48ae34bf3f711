/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;

/**
 * A file that is named in place of certificates, and what a message about it says.
 *
 * @param name what it is
 * @param bytes its content
 * @param says a part of the message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ForeignFile(String name, byte[] bytes, String says) {

    private static final TestCertificate CA =
            TestCertificate.named("CN=ca").ca().ec().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).ec().build();
    private static final TestCertificate RSA =
            TestCertificate.named("CN=rsa").rsa(2048).build();
    private static final TestCertificate ED =
            TestCertificate.named("CN=ed").ed25519().build();

    /** Returns a file of each kind that no setting for certificates takes. */
    public static Stream<ForeignFile> all() {
        try {
            return Stream.of(requests(), lists(), messages(), keys(), stores(), others())
                    .flatMap(List::stream);
        } catch (Exception e) {
            throw new IllegalStateException("cannot make a file", e);
        }
    }

    private static List<ForeignFile> requests() throws OperatorCreationException, IOException {
        byte[] request = new PKCS10CertificationRequestBuilder(new X500Name("CN=alice"), key(ALICE))
                .build(signer())
                .getEncoded();
        String says = "a certificate signing request (PKCS #10); expected the certificate that the authority issued";
        return List.of(
                new ForeignFile("CSR in DER", request, says),
                pem("CSR in PEM", "CERTIFICATE REQUEST", request, says),
                pem("CSR of an old tool", "NEW CERTIFICATE REQUEST", request, says),
                pem("CSR that certutil -encode labelled", "CERTIFICATE", request, says));
    }

    private static List<ForeignFile> lists() throws Exception {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(new X500Name("CN=ca"), new Date(0));
        builder.addCRLEntry(BigInteger.TEN, new Date(0), 0);
        byte[] list = builder.build(signer()).getEncoded();
        byte[] empty = new X509v2CRLBuilder(new X500Name("CN=ca"), new Date(0))
                .setNextUpdate(new Date())
                .build(signer())
                .getEncoded();
        byte[] path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(ALICE.certificate(), CA.certificate()))
                .getEncoded("PkiPath");
        byte[] one = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(ALICE.certificate()))
                .getEncoded("PkiPath");
        String says = "a certificate revocation list (CRL); name it in crl";
        String pkiPath = "a PkiPath; expected PEM with a block for each certificate; openssl asn1parse";
        return List.of(
                new ForeignFile("CRL in DER", list, says),
                new ForeignFile("CRL without entries", empty, says),
                new ForeignFile("CRL of version 1", version1(list), says),
                pem("CRL in PEM", "X509 CRL", list, says),
                new ForeignFile("PkiPath", path, pkiPath),
                new ForeignFile("PkiPath of one certificate", one, pkiPath));
    }

    /** Removes the version and the extensions, which a CRL of version 1 lacks; its signature is void. */
    private static byte[] version1(byte[] list) throws IOException {
        ASN1Sequence tbs = ASN1Sequence.getInstance(
                new X509CRLHolder(list).toASN1Structure().getTBSCertList().toASN1Primitive());
        ASN1EncodableVector kept = new ASN1EncodableVector();
        for (int i = 1; i < 4; i++) {
            kept.add(tbs.getObjectAt(i));
        }
        ASN1Sequence whole = ASN1Sequence.getInstance(list);
        return new DERSequence(new ASN1Encodable[] {new DERSequence(kept), whole.getObjectAt(1), whole.getObjectAt(2)})
                .getEncoded();
    }

    private static List<ForeignFile> messages() throws Exception {
        CertificateID id = new CertificateID(
                new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1),
                new JcaX509CertificateHolder(CA.certificate()),
                BigInteger.TWO.pow(90));
        BasicOCSPRespBuilder answer = new BasicOCSPRespBuilder(new RespID(new X500Name("CN=ca")));
        answer.addResponse(id, CertificateStatus.GOOD);
        OCSPResp response =
                new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, answer.build(signer(), null, new Date(0)));
        CMSSignedDataGenerator signed = new CMSSignedDataGenerator();
        signed.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new BcDigestCalculatorProvider())
                .build(signer(), ALICE.certificate()));
        signed.addCertificate(new JcaX509CertificateHolder(ALICE.certificate()));
        byte[] mail = signed.generate(new CMSProcessableByteArray(new byte[200]), true)
                .getEncoded();
        byte[] none =
                new CMSSignedDataGenerator().generate(new CMSAbsentContent()).getEncoded("DER");
        return List.of(
                new ForeignFile(
                        "OCSP request",
                        new OCSPReqBuilder().addRequest(id).build().getEncoded(),
                        "an OCSP request; expected certificates; to ask an OCSP responder, set ocsp"),
                new ForeignFile("OCSP response", response.getEncoded(), "an OCSP response; expected certificates"),
                new ForeignFile("signed mail", mail, "is a CMS (PKCS #7) message without a plain bundle"),
                pem("signed mail in PEM", "CMS", mail, "is a CMS (PKCS #7) message without a plain bundle"),
                pem("PKCS #7 without certificates", "PKCS7", none, "is a PKCS #7 bundle without certificates"));
    }

    private static List<ForeignFile> keys() throws Exception {
        PrivateKeyInfo rsa = PrivateKeyInfo.getInstance(RSA.privateKey().getEncoded());
        PrivateKeyInfo ec = PrivateKeyInfo.getInstance(ALICE.privateKey().getEncoded());
        byte[] encrypted = new PKCS8EncryptedPrivateKeyInfoBuilder(rsa)
                .build(new BcPKCS12PBEOutputEncryptorBuilder(
                                PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC,
                                CBCBlockCipher.newInstance(new DESedeEngine()))
                        .build("secret".toCharArray()))
                .getEncoded();
        String key = "a private key; expected its certificate; keep the key out of stores";
        return List.of(
                new ForeignFile("PKCS #8", rsa.getEncoded(), key),
                new ForeignFile("PKCS #8 of Ed25519", ED.privateKey().getEncoded(), key),
                new ForeignFile(
                        "PKCS #1", rsa.parsePrivateKey().toASN1Primitive().getEncoded(), key),
                new ForeignFile("SEC 1", ec.parsePrivateKey().toASN1Primitive().getEncoded(), key),
                new ForeignFile("encrypted PKCS #8", encrypted, "an encrypted private key; expected its certificate"),
                new ForeignFile(
                        "public key",
                        RSA.certificate().getPublicKey().getEncoded(),
                        "a public key without a certificate"),
                new ForeignFile(
                        "public EC key",
                        ALICE.certificate().getPublicKey().getEncoded(),
                        "a public key without a certificate"),
                pem(
                        "public key in PEM",
                        "PUBLIC KEY",
                        RSA.certificate().getPublicKey().getEncoded(),
                        "a public key without a certificate"),
                pem("Diffie-Hellman parameters", "DH PARAMETERS", new byte[100], "holds no certificate"),
                pem("OpenPGP", "PGP PUBLIC KEY BLOCK", new byte[100], "an OpenPGP key or message"),
                text("public key for SSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE0 alice@host\n", "a key for SSH"),
                text("public key of RFC 4716", "---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "a key for SSH"),
                text("PuTTY key", "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n", "a private key"));
    }

    private static List<ForeignFile> stores() {
        return List.of(
                bytes("BKS", "\0\0\0\2\0\0\0\24saltsaltsaltsaltsalt", "a BKS key store of Bouncy Castle"),
                bytes("Windows store", "\0\0\0\0CERT\1\0\0\0", "a Windows certificate store (.sst)"),
                bytes("NSS", "SQLite format 3\0\20\0", "a certificate database of NSS; export the certificates with"),
                bytes("ZIP", "PK\3\4\24\0\0\0", "an archive or a compressed file"),
                bytes("gzip", "\37\u008B\10\0", "an archive or a compressed file"),
                bytes("PVK", "\36\u00F1\u00B5\u00B0\0\0\0\0", "a private key"),
                bytes("OpenPGP in binary", "\u0099\1\u00A2\4\0\0\0\0", "an OpenPGP key"));
    }

    private static List<ForeignFile> others() {
        String base64 = Base64.getEncoder().encodeToString(ALICE.der());
        return List.of(
                text("a value of a Kubernetes secret", base64(ALICE.pem()), "base64 of a PEM file, as a Kubernetes"),
                text("base64 of a certificate", base64, "base64 without BEGIN and END lines; decode it with"),
                text("base64 in lines", lines(ALICE.der()), "base64 without BEGIN and END lines"),
                text("an error page", "<!DOCTYPE html>\n<html><body>404</body></html>\n", "XML or HTML"),
                text("metadata", "\uFEFF<?xml version=\"1.0\"?>\n<md/>\n", "XML or HTML"),
                text("a JSON Web Key", "{\"keys\":[{\"kty\":\"RSA\"}]}", "JSON; expected PEM or DER"),
                text("a JSON document", "{\n  \"certificate\": 1\n}\n", "JSON; expected PEM or DER"),
                text(
                        "PEM of a text processor",
                        ALICE.pem().replace("-----", "\u2013\u2013\u2013\u2013\u2013"),
                        "PEM without its five hyphens"),
                text("a password", "Xq7#Zw9!vK\n", "; if the file has a password, name it in storePasswordFile"),
                text(
                        "settings",
                        "# gate\nstore=conf/clients\nstorePassword=changeit123456789\n",
                        "name a file with settings in"),
                new ForeignFile("UTF-16", ALICE.pem().getBytes(StandardCharsets.UTF_16), "is text in UTF-16; save it"),
                new ForeignFile(
                        "a certificate that is cut off",
                        Arrays.copyOf(ALICE.der(), 200),
                        "is cut off: it has 200 of " + ALICE.der().length + " bytes"),
                new ForeignFile(
                        "two certificates in DER",
                        concatenated(ALICE.der(), CA.der()),
                        "has " + CA.der().length + " bytes after the certificate"),
                new ForeignFile("a JCEKS key store", jceks(), "is a JCEKS key store; expected PKCS12"));
    }

    /** Returns bundles that the settings for certificates take: PKCS #7 with alice and her authority, in each encoding. */
    public static Map<String, byte[]> bundles() {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addCertificate(new JcaX509CertificateHolder(ALICE.certificate()));
            generator.addCertificate(new JcaX509CertificateHolder(CA.certificate()));
            CMSSignedData bundle = generator.generate(new CMSAbsentContent());
            byte[] der = bundle.getEncoded("DER");
            return Map.of(
                    "DER", der,
                    "BER", bundle.toASN1Structure().getEncoded("BER"),
                    "PKCS7", pem("", "PKCS7", der, "").bytes(),
                    "CMS", pem("", "CMS", der, "").bytes(),
                    "PKCS #7 SIGNED DATA",
                            pem("", "PKCS #7 SIGNED DATA", der, "").bytes(),
                    "CERTIFICATE", pem("", "CERTIFICATE", der, "").bytes());
        } catch (CMSException | GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a bundle", e);
        }
    }

    /** Returns the client in the bundles. */
    public static TestCertificate client() {
        return ALICE;
    }

    private static byte[] jceks() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            KeyStore keyStore = KeyStore.getInstance("JCEKS");
            keyStore.load(null, null);
            keyStore.setCertificateEntry("alice", ALICE.certificate());
            keyStore.store(out, "changeit".toCharArray());
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot make a key store", e);
        }
    }

    private static SubjectPublicKeyInfo key(TestCertificate owner) {
        return SubjectPublicKeyInfo.getInstance(
                owner.certificate().getPublicKey().getEncoded());
    }

    private static ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(CA.privateKey());
    }

    private static ForeignFile pem(String name, String label, byte[] der, String says) {
        return text(name, "-----BEGIN " + label + "-----\n" + lines(der) + "\n-----END " + label + "-----\n", says);
    }

    private static ForeignFile text(String name, String text, String says) {
        return new ForeignFile(name, text.getBytes(StandardCharsets.UTF_8), says);
    }

    private static ForeignFile bytes(String name, String text, String says) {
        return new ForeignFile(name, text.getBytes(StandardCharsets.ISO_8859_1), says);
    }

    private static String lines(byte[] bytes) {
        return Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Override
    public String toString() {
        return name;
    }
}
