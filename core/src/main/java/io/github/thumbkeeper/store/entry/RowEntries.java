/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the entries of the rows of a database or directory. A bad row fails the whole reading, because it might be the one that
 * disables a certificate. Of each row only the entry is kept, since there may be millions.
 *
 * <p>Each row comes with its name for messages, such as {@code row 17}.
 *
 * <p>Not thread-safe.
 */
public final class RowEntries {

    private static final String ROLES = "expected names separated by commas";

    private final String location;
    private final CertificateWarnings flaws;
    private final boolean denying;
    private final EntryTable.Builder entries = new EntryTable.Builder();
    private final BoundedMessages warnings = new BoundedMessages();
    private final BoundedMessages problems = new BoundedMessages();
    private final MessageDigest sha256 = DigestAlgorithm.SHA256.newDigest();
    private int sha1;

    /**
     * Starts with no rows.
     *
     * @param location the location as written in the settings
     * @param now determines which certificates have expired
     * @param denying whether a certificate is to be listed by its issuer and serial number too
     */
    public RowEntries(String location, Instant now, boolean denying) {
        this.location = location;
        this.denying = denying;
        this.flaws = new CertificateWarnings(location, now);
    }

    /**
     * Adds a row with a thumbprint or pin, with a certificate in PEM or DER, or with both: then they must belong together, and the
     * thumbprint or pin makes the entry.
     */
    public void add(Supplier<String> row, @Nullable String thumbprint, byte @Nullable [] certificate, EntryData owner) {
        try {
            String label = label(owner);
            CheckedCertificate read = certificate == null ? null : certificate(row, label, certificate);
            CertificateDigest digest = digest(row, thumbprint, read);
            add(digest, label, owner, read);
            if (denying && read != null) {
                add(issuerAndSerial(parsed(read)), label, owner, read);
            }
        } catch (BadEntryException e) {
            problem(row, e.problem());
        }
    }

    /** Adds a row that cannot be used. */
    public void problem(Supplier<String> row, String why) {
        problems.add(row.get() + ": " + why);
    }

    /**
     * Returns the result; called once.
     *
     * @param state what the loader needs to notice a change
     * @throws StoreException if any row was bad; it names the first {@value BoundedMessages#MAX_COUNT}
     */
    public Loaded<EntryTable> toLoaded(Object state) throws StoreException {
        if (!problems.isEmpty()) {
            throw new StoreException(
                    location, "has entries that cannot be used:\n  " + String.join("\n  ", problems.toList()), null);
        }
        List<String> all = new ArrayList<>(warnings.toList());
        if (sha1 > 0) {
            all.add(ThumbprintParser.sha1Warning(sha1));
        }
        all.addAll(flaws.toList());
        return new Loaded<>(entries.build(), all, List.of(), state);
    }

    private void add(
            CertificateDigest digest, @Nullable String label, EntryData owner, @Nullable CheckedCertificate certificate)
            throws BadEntryException {
        Set<String> roles = owner.roles().isEmpty() ? Set.of() : new HashSet<>();
        for (String text : owner.roles()) {
            roles.addAll(EntryText.roles(text, ROLES));
        }
        EntryText.requireOrder(owner.from(), owner.until());
        Entry entry = new Entry(digest, label, roles, owner.from(), owner.until(), owner.disabled());
        entries.add(certificate == null ? entry : entry.endingAt(certificate.notAfter()));
        sha1 += DigestKind.of(digest) == DigestKind.SHA1 ? 1 : 0;
    }

    private static @Nullable String label(EntryData owner) throws BadEntryException {
        return owner.label() == null ? null : EntryText.label(EntryText.withoutBlanks(owner.label()));
    }

    private CertificateDigest digest(
            Supplier<String> row, @Nullable String text, @Nullable CheckedCertificate certificate)
            throws BadEntryException {
        if (text != null) {
            CertificateDigest digest = EntryText.digest(
                    EntryText.withoutBlanks(text), warning -> warnings.add(row.get() + ": " + warning));
            return certificate == null ? digest : requireOf(certificate, digest);
        }
        if (certificate == null) {
            throw new BadEntryException("has neither thumbprint nor certificate; expected at least one of them");
        }
        return Thumbprint.ofDigest(DigestAlgorithm.SHA256, sha256.digest(certificate.der()));
    }

    private CheckedCertificate certificate(Supplier<String> row, @Nullable String label, byte[] bytes)
            throws BadEntryException {
        try {
            List<CheckedCertificate> read = new ArrayList<>(1);
            List<String> found = CertificateReader.readEach(bytes, read::add);
            if (read.size() != 1) {
                throw new BadEntryException(
                        "has " + read.size() + " certificates in [certificate]; expected one for each row");
            }
            found.forEach(warning -> warnings.add(row.get() + ": " + warning));
            if (!denying) {
                // In a deny list, an expired certificate does no harm.
                flaws.add(label == null || label.isEmpty() ? row.get() : label, read.get(0));
            }
            return read.get(0);
        } catch (CertificateFormatException e) {
            throw new BadEntryException("[certificate] " + e.getMessage());
        }
    }

    private static CertificateDigest requireOf(CheckedCertificate certificate, CertificateDigest digest)
            throws BadEntryException {
        CertificateDigest own = digest instanceof Thumbprint thumbprint
                ? Thumbprint.ofEncoded(certificate.der(), thumbprint.algorithm())
                : PublicKeyPin.of(parsed(certificate));
        if (!own.equals(digest)) {
            throw new BadEntryException("has [" + digest + "] next to a certificate whose own is [" + own
                    + "]; expected only one of the two, or two that belong together");
        }
        return digest;
    }

    private static IssuerAndSerial issuerAndSerial(X509Certificate certificate) throws BadEntryException {
        try {
            return IssuerAndSerial.of(certificate);
        } catch (RuntimeException e) {
            throw new BadEntryException("has a certificate that cannot give its issuer");
        }
    }

    private static X509Certificate parsed(CheckedCertificate certificate) throws BadEntryException {
        try {
            return certificate.parsed();
        } catch (CertificateFormatException e) {
            throw new BadEntryException("[certificate] " + e.getMessage());
        }
    }
}
