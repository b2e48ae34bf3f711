/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.KeyMaterial;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the digests, warnings and problems of a list while it is read. Not thread-safe. */
final class DigestList<T extends CertificateDigest> {

    private final NormalizedText value;
    private final TextOrigin origin;
    private final String expected;
    private final Set<T> digests = new LinkedHashSet<>();
    private final BoundedMessages warnings = new BoundedMessages();
    private final BoundedMessages problems = new BoundedMessages();

    DigestList(NormalizedText value, TextOrigin origin, String expected) {
        this.value = value;
        this.origin = origin;
        this.expected = expected;
    }

    TextSlice whole() {
        return TextSlice.of(value);
    }

    /** Calls the reader for each member; commas, semicolons and line breaks separate members. */
    void readMembers(Consumer<TextSlice> reader) {
        TextSlice all = whole();
        if (all.trimmed().length() == 0) {
            problem("[] is empty; " + expected);
        }
        int from = 0;
        for (int i = 0; i < all.length(); i++) {
            if (all.charAt(i) == ',' || all.charAt(i) == ';') {
                readLines(all.from(from, i), reader);
                if (all.from(from, i).trimmed().length() == 0) {
                    problem("an empty member is before the separator [" + all.charAt(i) + "] at index "
                            + all.originalIndex(i) + "; " + expected);
                }
                from = i + 1;
            }
        }
        readLines(all.from(from), reader);
    }

    private static void readLines(TextSlice text, Consumer<TextSlice> reader) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '\n' || text.charAt(i) == '\r') {
                TextSlice line = text.from(from, i).trimmed();
                if (line.length() > 0) {
                    reader.accept(line);
                }
                from = i + 1;
            }
        }
    }

    void digest(T digest, TextSlice member) {
        if (!digests.add(digest)) {
            warning("[" + digest + "] at index " + member.originalIndex(0) + " is listed before");
        }
    }

    void warning(String warning) {
        warnings.add(warning);
    }

    void problem(String problem) {
        problems.add(problem);
    }

    void problem(NotADigestException e, String what) {
        problems.add(e.problem(origin, "is not " + what + "; " + expected));
    }

    Set<T> digests() {
        return digests;
    }

    ParsedDigests<T> result() {
        if (!problems.isEmpty() && KeyMaterial.isIn(value.text())) {
            String why = "the value looks like a PEM or DER file ("
                    + Counted.of(value.text().length(), "characters")
                    + ", not shown here in case it is a private key); " + expected;
            return new ParsedDigests<>(List.of(), List.of(), List.of(why));
        }
        return new ParsedDigests<>(List.copyOf(digests), warnings.toList(), problems.toList());
    }
}
