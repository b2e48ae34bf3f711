/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads snippets from the documentation. */
final class Documented {

    private static final Pattern XML = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);

    private Documented() {}

    /** Returns the only XML block on the page that begins with this text. */
    static String xml(String page, String begin) throws IOException {
        String text = Files.readString(Path.of("..", "..").resolve(page));
        List<String> blocks = XML.matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.startsWith(begin))
                .toList();
        if (blocks.size() != 1) {
            throw new IllegalStateException(page + " has " + blocks.size() + " blocks that begin with " + begin);
        }
        return blocks.get(0);
    }
}
