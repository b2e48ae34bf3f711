/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fenced block of a page, without indentation.
 *
 * @param page the page
 * @param line the line after its opening fence
 * @param text its lines
 */
record Snippet(Path page, int line, String text) {

    static List<Snippet> allIn(Path page, List<String> languages) {
        List<Snippet> snippets = new ArrayList<>();
        List<String> lines = Documentation.read(page).lines().toList();
        @Nullable String language = null;
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                continue;
            }
            if (language == null) {
                language = lines.get(i).substring(3).strip();
                begin = i + 1;
            } else {
                if (languages.contains(language)) {
                    String text = String.join("\n", lines.subList(begin, i));
                    snippets.add(new Snippet(page, begin + 1, withoutIndentation(text)));
                }
                language = null;
            }
        }
        return snippets;
    }

    static String withoutIndentation(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return page.getFileName() + ":" + line;
    }
}
