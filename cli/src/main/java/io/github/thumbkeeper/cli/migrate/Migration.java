/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The translation of a policy document of API Management into settings. Immutable and thread-safe.
 *
 * <pre>{@code
 * if (Migration.of(document) instanceof Migration.Translated translated) {
 *     translated.settings().forEach(valve::setProperty);
 * }
 * }</pre>
 *
 * <p>The document is translated completely or not at all. The settings never admit a certificate that the policy refuses, apart from
 * the mistakes that a remark names as corrected.
 *
 * @see Configuration
 */
public sealed interface Migration {

    /**
     * The settings for a valve.
     *
     * @param settings the settings by name, in the order to print them
     * @param remarks what happened to each part of the document, in the order of the document
     */
    record Translated(Map<String, String> settings, List<Remark> remarks) implements Migration {
        public Translated {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * The document cannot be translated.
     *
     * @param problems the reasons, in the order of the document; at least one
     */
    record Failed(List<Problem> problems) implements Migration {
        public Failed {
            problems = List.copyOf(problems);
        }
    }

    /** The longest document, in characters; API Management allows 256 KB. */
    int LONGEST = 1 << 20;

    /** Translates a document, or a part of one. Never throws. */
    static Migration of(String document) {
        Notes notes = new Notes(document);
        try {
            check(document);
            Policy policy = new PolicyReader(notes).read(PolicyParser.parse(document));
            if (!notes.hasProblems()) {
                Map<String, String> settings = Translation.of(policy, notes);
                return new Translated(settings, notes.remarks());
            }
        } catch (PolicyException e) {
            notes.add(e);
        }
        return new Failed(notes.problems());
    }

    private static void check(String document) throws PolicyException {
        if (document.length() > LONGEST) {
            throw new PolicyException(
                    0, "the document has " + document.length() + " characters; expected at most " + LONGEST);
        }
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c < ' ' && !SourceReader.isBlank(c)) {
                throw new PolicyException(i, "a control character is not allowed in a policy document");
            }
        }
    }
}
