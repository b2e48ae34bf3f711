/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Printable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Warnings about listed certificates; one sentence for all that share the flaw. */
final class CertificateNotes {

    private static final int NAMED = 10;

    private CertificateNotes() {}

    static List<String> of(String store, List<NamedCertificate> certificates, Instant now) {
        List<String> notes = new ArrayList<>();
        note(notes, certificates, it -> isExpired(it, now), "store [" + store + "] lists expired certificates: ");
        note(
                notes,
                certificates,
                it -> it.certificate().getBasicConstraints() >= 0,
                "store [" + store
                        + "] lists certificates of authorities (CA:TRUE), each of which is itself admitted: ");
        return notes;
    }

    private static boolean isExpired(NamedCertificate listed, Instant now) {
        return listed.certificate().getNotAfter().toInstant().isBefore(now);
    }

    private static void note(
            List<String> notes, List<NamedCertificate> all, Predicate<NamedCertificate> flawed, String what) {
        List<NamedCertificate> found = all.stream().filter(flawed).toList();
        if (found.isEmpty()) {
            return;
        }
        String names = found.stream()
                .limit(NAMED)
                .map(it -> it.name() == null ? "[one without a name]" : Printable.quoted(it.name()))
                .collect(Collectors.joining(", "));
        notes.add(what + names + (found.size() > NAMED ? " and " + (found.size() - NAMED) + " more" : ""));
    }
}
