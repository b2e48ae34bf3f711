/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

/**
 * A format that files have in place of the expected certificates or CRLs, with the setting or command that takes it.
 *
 * <p>Immutable and thread-safe.
 *
 * @see DerFormats
 */
public enum ContentFormat {
    CERTIFICATE("an X.509 certificate", "name it in store, deny or trustStore"),
    PKCS7("a PKCS #7 bundle", "name it in store, deny or trustStore"),
    CMS_MESSAGE(
            "a CMS (PKCS #7) message without a plain bundle of certificates",
            "expected a bundle, as openssl crl2pkcs7 -nocrl -certfile FILE.pem writes it, or PEM"),
    CERTIFICATE_REQUEST(
            "a certificate signing request (PKCS #10)",
            "expected the certificate that the authority issued for it (openssl x509 -req makes one)"),
    CRL("a certificate revocation list (CRL)", "name it in crl"),
    PKI_PATH(
            "a PkiPath",
            "expected PEM with a block for each certificate; openssl asn1parse -inform DER -in FILE -strparse OFFSET -out"
                    + " FILE.der extracts one"),
    OCSP_REQUEST("an OCSP request", "expected certificates; to ask an OCSP responder, set ocsp"),
    OCSP_RESPONSE("an OCSP response", "expected certificates; to ask an OCSP responder, set ocsp"),
    TIMESTAMP("a time-stamp request or response", "expected certificates"),
    ATTRIBUTE_CERTIFICATE("an attribute certificate", "expected a certificate of a public key (BEGIN CERTIFICATE)"),
    PRIVATE_KEY("a private key", "expected its certificate; keep the key out of stores"),
    ENCRYPTED_PRIVATE_KEY("an encrypted private key", "expected its certificate; keep the key out of stores"),
    PUBLIC_KEY(
            "a public key without a certificate",
            "expected a certificate, or list the pin of the key in publicKeyPins"),
    PARAMETERS("key parameters", "expected certificates"),
    SSH_KEY("a key for SSH", "expected an X.509 certificate (BEGIN CERTIFICATE)"),
    PGP_KEY("an OpenPGP key or message", "expected an X.509 certificate (BEGIN CERTIFICATE)"),
    PKCS12(
            "a PKCS12 key store",
            "name the file itself in store or trustStore, with its password in storePassword or storePasswordFile"),
    JKS(
            "a JKS key store",
            "name the file itself in store or trustStore, with its password in storePassword or storePasswordFile"),
    JCEKS("a JCEKS key store", "convert it to PKCS12 with keytool -importkeystore, and name that file itself in store"),
    BCFKS(
            "a BCFKS key store",
            "name the file itself in store or trustStore, with its password in storePassword or storePasswordFile"),
    BKS(
            "a BKS key store of Bouncy Castle",
            "convert it to PKCS12 with keytool -importkeystore -srcstoretype BKS, and name that file itself in store"),
    WINDOWS_STORE(
            "a Windows certificate store (.sst)", "export the certificates as Base-64 encoded X.509 (.cer) or .p7b"),
    NSS_DATABASE("a certificate database of NSS", "export the certificates with certutil -L -d FOLDER -n NAME -a"),
    ARCHIVE("an archive or a compressed file", "extract the certificates from it"),
    BASE64_PEM("base64 of a PEM file, as a Kubernetes manifest has it", "decode it with base64 -d"),
    BASE64_DER("base64 without BEGIN and END lines", "decode it with base64 -d, or add the lines of PEM"),
    DAMAGED_PEM(
            "PEM without its five hyphens, which a text processor has replaced",
            "expected -----BEGIN CERTIFICATE----- in ASCII"),
    XML("XML or HTML", "expected PEM or DER"),
    JSON("JSON", "expected PEM or DER"),
    PROPERTIES("a file with settings or other properties", "name a file with settings in settingsFile"),
    UTF16_TEXT("text in UTF-16", "save it as UTF-8");

    private final String description;
    private final String remedy;

    ContentFormat(String description, String remedy) {
        this.description = description;
        this.remedy = remedy;
    }

    /** Returns whether it is a private key, of which nothing may be read. */
    public boolean isPrivateKey() {
        return this == PRIVATE_KEY || this == ENCRYPTED_PRIVATE_KEY;
    }

    /** Returns whether it is a key store that the setting {@code store} takes. */
    public boolean isKeyStore() {
        return this == PKCS12 || this == JKS || this == JCEKS || this == BCFKS;
    }

    /** Returns the name of the format with its article, such as {@code a PkiPath}. */
    public String description() {
        return description;
    }

    /** Returns a clause without subject that names the format, and what takes it. */
    public String sentence() {
        return "is " + description + "; " + remedy;
    }
}
