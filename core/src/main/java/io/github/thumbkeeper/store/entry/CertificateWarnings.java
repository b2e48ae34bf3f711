/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.message.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Warnings about listed certificates; one sentence for all that share the flaw. Used by one thread. */
final class CertificateWarnings {

    private static final int NAMED = 10;

    private final Instant now;
    private final Note expired;
    private final Note authorities;

    CertificateWarnings(String store, Instant now) {
        this.now = now;
        this.expired = new Note("store [" + store + "] lists expired certificates: ");
        this.authorities = new Note("store [" + store
                + "] lists certificates of authorities (CA:TRUE), each of which is itself admitted: ");
    }

    void add(NamedCertificate listed) {
        if (listed.certificate().getNotAfter().toInstant().isBefore(now)) {
            expired.add(listed);
        }
        if (listed.certificate().getBasicConstraints() >= 0) {
            authorities.add(listed);
        }
    }

    List<String> toList() {
        return Stream.of(expired, authorities)
                .filter(note -> note.count > 0)
                .map(Note::text)
                .toList();
    }

    private static final class Note {
        private final String what;
        private final List<String> names = new ArrayList<>();
        private int count;

        Note(String what) {
            this.what = what;
        }

        void add(NamedCertificate listed) {
            if (count++ < NAMED) {
                names.add(listed.name() == null ? "[one without a name]" : SafeText.quoted(listed.name()));
            }
        }

        String text() {
            return what + String.join(", ", names) + (count > NAMED ? " and " + (count - NAMED) + " more" : "");
        }
    }
}
