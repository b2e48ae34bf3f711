/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a list: the number of changes made by writers, and a digest of the entries.
 *
 * <p>The number advances with each change and never returns to an earlier value. The digest shows a change that was made by hand.
 * The text form is fit for an HTTP entity tag. Immutable and thread-safe.
 *
 * @param changes the number of the last change in the history, or 0
 * @param digest the first 128 bits of the SHA-256 of the entries, in hex
 */
public record EntryVersion(long changes, String digest) {

    private static final int BYTES = 16;
    private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,17})-([0-9a-f]{32})");

    static EntryVersion of(long changes, Collection<ListedEntry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        entries.stream().map(EntryVersion::text).sorted().forEach(text -> {
            out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        });
        byte[] hash = DigestAlgorithm.SHA256.digest(out.toByteArray());
        return new EntryVersion(changes, HexFormat.of().formatHex(hash, 0, BYTES));
    }

    /** Includes the certificate, which a pin or a SHA-1 thumbprint does not determine. */
    private static String text(ListedEntry entry) {
        X509Certificate certificate = entry.certificate();
        String suffix = "";
        if (certificate != null) {
            try {
                suffix = " " + HexFormat.of().formatHex(DigestAlgorithm.SHA256.digest(certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
            }
        }
        return EntryLine.format(entry) + suffix;
    }

    /** Returns the version with this text form; empty if it is not one. */
    public static Optional<EntryVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new EntryVersion(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** Returns the text form, such as {@code 17-9f86d081884c7d659a2feaa0c55ad015}. */
    @Override
    public String toString() {
        return changes + "-" + digest;
    }
}
