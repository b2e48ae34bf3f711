/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.Pkcs12;
import io.github.thumbkeeper.message.PasswordHint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchAlgorithmException;
import java.security.UnrecoverableKeyException;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.NoSuchPaddingException;

/**
 * Opens a key store file, and explains each case in which the JDK finds no certificates in it.
 *
 * @param name the file as messages name it
 * @param kind its kind
 * @param bytes its content
 * @param options its password, and the entries that count
 */
@SuppressWarnings("ArrayRecordComponent") // a bundle of parameters, never compared
record KeyStoreFile(String name, FileKind kind, byte[] bytes, KeyStoreOptions options) {

    private static final int MAX_NAMED = 10;
    private static final int MOST_CAUSES = 8;
    private static final String KEYTOOL =
            "keytool -importcert -noprompt -alias NAME -file CERTIFICATE.pem -keystore FILE -storetype PKCS12";

    /**
     * Reads the entries, whose certificates are not checked yet.
     *
     * @throws StoreException if it cannot be opened, or has entries but no certificates
     */
    KeyStoreEntries read() throws StoreException {
        if (kind == FileKind.JCEKS) {
            throw new StoreException(
                    name,
                    "is a JCEKS key store; expected PKCS12, JKS or BCFKS (convert it with keytool -importkeystore)",
                    null);
        }
        KeyStoreEntries entries = entries(load());
        if (entries.certificates().isEmpty()) {
            requireReallyEmpty(entries);
        }
        return entries;
    }

    /** Opens the key store, which verifies its integrity with the password. */
    private KeyStore load() throws StoreException {
        char[] secret = options.password().require(name, kind);
        KeyStore keyStore = newKeyStore();
        try {
            keyStore.load(new ByteArrayInputStream(bytes), secret);
            return keyStore;
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new StoreException(name, whyNotLoaded(e, String.valueOf(secret)), e);
        }
    }

    private KeyStore newKeyStore() throws StoreException {
        try {
            return KeyStore.getInstance(type());
        } catch (KeyStoreException e) {
            throw new StoreException(
                    name,
                    "looks like a " + kind + " key store, but no security provider of this Java runtime offers " + kind
                            + "; expected PKCS12 or JKS, or BCFKS where the Bouncy Castle provider is listed in java.security",
                    e);
        }
    }

    /** Avoids the JDK's plain JKS, which keeps only one of two aliases that differ in case. */
    private String type() {
        return kind == FileKind.JKS ? "CaseExactJKS" : kind.name();
    }

    private String whyNotLoaded(Exception e, String secret) {
        if (isUnknownAlgorithm(e)) {
            return "is a " + kind + " key store with a MAC or encryption that this Java runtime does not know ("
                    + reason(e, secret) + "); expected one as the keytool of this runtime writes it";
        }
        String hint = PasswordHint.of(secret);
        String odd = hint.isEmpty() ? "" : "; the password " + hint;
        return e.getCause() instanceof UnrecoverableKeyException
                ? "is a " + kind + " key store that the password of [" + setting()
                        + "] does not open: the password is wrong, or the file is damaged" + odd
                : "looks like a " + kind + " key store, but cannot be loaded (" + reason(e, secret)
                        + "): it is damaged, cut off or half written, the password of [" + setting()
                        + "] is wrong, or it is encrypted in a way this Java runtime does not know" + odd;
    }

    /** Also looks into the text: the JDK reports an unknown encryption of certificates as a wrong password, with its reason. */
    private static boolean isUnknownAlgorithm(Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++) {
            boolean unknown = each instanceof NoSuchAlgorithmException
                    || each instanceof NoSuchPaddingException
                    || String.valueOf(each.getMessage()).contains(NoSuchAlgorithmException.class.getName());
            if (unknown) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** Returns what the innermost exception says, or the name of its class if it may contain the password. */
    private static String reason(Exception e, String secret) {
        Throwable innermost = e;
        for (int i = 0; innermost.getCause() != null && i < MOST_CAUSES; i++) {
            innermost = innermost.getCause();
        }
        String text = innermost.getMessage();
        boolean secretIn = SecretText.isIn(e) || (text != null && !secret.isEmpty() && text.contains(secret));
        return text == null || secretIn ? innermost.getClass().getName() : SafeText.sentence(text);
    }

    /** Reads the entries and checks that the JDK has not dropped any. */
    private KeyStoreEntries entries(KeyStore keyStore) throws StoreException {
        try {
            KeyStoreEntries entries = KeyStoreEntries.readOnce(keyStore, options.includeKeyEntries());
            if (entries != null && (kind != FileKind.JKS || entryCountOfJks() == keyStore.size())) {
                return entries;
            }
        } catch (KeyStoreException | RuntimeException e) {
            throw new StoreException(
                    name,
                    "is a " + kind + " key store that cannot be read: "
                            + e.getClass().getName(),
                    e);
        }
        throw new StoreException(name, "has the same alias twice, or an alias without a certificate", null);
    }

    /** Returns the number of entries in the header of a JKS file, after magic number and version. */
    private int entryCountOfJks() {
        return ByteBuffer.wrap(bytes).getInt(8);
    }

    /** Refuses a key store whose entries the JDK does not return as trusted certificates: it would silently refuse every client. */
    private void requireReallyEmpty(KeyStoreEntries entries) throws StoreException {
        if (!entries.keys().isEmpty()) {
            throw new StoreException(
                    name,
                    "has 0 trusted certificates, only keys under " + some(entries.keys()) + "; import them with "
                            + KEYTOOL + ", or set includeKeyEntries=true for the certificates of private keys",
                    null);
        }
        if (kind == FileKind.PKCS12 && !Pkcs12.isEmpty(bytes)) {
            throw new StoreException(
                    name,
                    "has 0 trusted certificates for Java: its certificates lack Java's trust attribute, as OpenSSL writes them;"
                            + " import the certificates with " + KEYTOOL + ", or name the PEM file",
                    null);
        }
    }

    private String setting() {
        return options.password().setting();
    }

    private static String some(List<String> aliases) {
        String named = aliases.stream().limit(MAX_NAMED).map(SafeText::quoted).collect(Collectors.joining(", "));
        return aliases.size() > MAX_NAMED ? named + " and " + (aliases.size() - MAX_NAMED) + " more" : named;
    }
}
