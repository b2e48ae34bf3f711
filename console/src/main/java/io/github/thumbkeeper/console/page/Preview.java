/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.console.certificate.CertificateView;
import io.github.thumbkeeper.console.certificate.Remark;
import io.github.thumbkeeper.console.certificate.UploadItem;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Shows what would be added, before it is. Thread-safe. */
public final class Preview {

    private static final int LONGEST_LABEL = 60;

    private Preview() {}

    /**
     * Something that can be added.
     *
     * @param number its number on the page, from 0
     * @param value what the form gives back: the certificate in base64, or the thumbprint or pin
     * @param id the SHA-256 thumbprint, or the thumbprint or pin that was given
     * @param certificate the certificate, or null if only the digest is known
     * @param remarks what the administrator should know
     * @param label a proposal for the label
     * @param isListed whether the list has it already, so that it cannot be added
     */
    public record Item(
            int number,
            String value,
            String id,
            @Nullable CertificateView certificate,
            List<Remark> remarks,
            String label,
            boolean isListed) {

        /** Returns whether a remark is serious. */
        public boolean isSerious() {
            return remarks.stream().anyMatch(Remark::isSerious);
        }
    }

    /**
     * What the page shows.
     *
     * @param items what was uploaded
     * @param version the version of the list
     * @param droppedKeys the number of private keys that were not kept
     * @param source the file names or the gate it comes from; chosen by the sender
     * @param rotate the entry whose next certificate this is, or null
     */
    public record Model(
            List<Item> items,
            String version,
            int droppedKeys,
            String source,
            @Nullable EntryRow rotate) {}

    static Model of(
            List<UploadItem> uploaded,
            ManagedList.Rows rows,
            int droppedKeys,
            String source,
            @Nullable EntryRow rotate,
            Instant now) {
        List<Item> items = new ArrayList<>();
        Set<String> labels = new HashSet<>();
        rows.all().forEach(row -> labels.add(row.label().toLowerCase(Locale.ROOT)));
        Map<X500Principal, String> names = names(rows);
        for (UploadItem each : uploaded) {
            items.add(
                    each instanceof UploadItem.OfCertificate of
                            ? item(items.size(), of.view(), rows, names, labels, now)
                            : item(items.size(), ((UploadItem.OfDigest) each).digest(), rows));
        }
        return new Model(items, rows.version().toString(), droppedKeys, source, rotate);
    }

    /** Returns the name of the first entry of each subject. */
    private static Map<X500Principal, String> names(ManagedList.Rows rows) {
        Map<X500Principal, String> names = new HashMap<>();
        for (EntryRow row : rows.all()) {
            if (row.certificate() != null && !row.subject().isEmpty()) {
                names.putIfAbsent(row.certificate().certificate().getSubjectX500Principal(), row.name());
            }
        }
        return names;
    }

    private static Item item(
            int number,
            CertificateView view,
            ManagedList.Rows rows,
            Map<X500Principal, String> names,
            Set<String> labels,
            Instant now) {
        List<Remark> remarks = new ArrayList<>(view.remarks(now));
        EntryRow same = rows.find(view.sha256());
        if (same != null) {
            remarks.add(0, new Remark("listed", true, same.name()));
        } else {
            String renewed = names.get(view.certificate().getSubjectX500Principal());
            if (renewed != null) {
                remarks.add(0, new Remark("sameSubject", false, renewed));
            }
        }
        return new Item(
                number, base64(view), view.sha256(), view, remarks, label(view.commonName(), labels), same != null);
    }

    private static Item item(int number, CertificateDigest digest, ManagedList.Rows rows) {
        String id = digest.toString();
        EntryRow same = rows.find(id);
        List<Remark> remarks = new ArrayList<>();
        if (same != null) {
            remarks.add(new Remark("listed", true, same.name()));
        }
        if (id.startsWith("sha1:")) {
            remarks.add(new Remark("sha1", false, ""));
        }
        remarks.add(new Remark("digestOnly", false, ""));
        return new Item(number, id, id, null, remarks, "", same != null);
    }

    private static String base64(CertificateView view) {
        try {
            return Base64.getEncoder().encodeToString(view.certificate().getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Proposes a label of plain characters that no entry has. */
    static String label(@Nullable String commonName, Set<String> taken) {
        if (commonName == null) {
            return "";
        }
        String plain = commonName
                .replaceAll("[^\\p{L}\\p{N}._ -]", "-")
                .replaceAll("-{2,}", "-")
                .replaceAll("^[ .-]+|[ .-]+$", "");
        String label =
                plain.substring(0, Math.min(LONGEST_LABEL, plain.length())).strip();
        String free = label;
        for (int i = 2; !label.isEmpty() && !taken.add(free.toLowerCase(Locale.ROOT)); i++) {
            free = label + "-" + i;
        }
        return free;
    }
}
