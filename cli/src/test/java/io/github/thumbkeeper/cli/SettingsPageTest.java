/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Pins the page docs/settings.md, and with it the name, values and default of every setting. With the system property {@code
 * thumbkeeper.write=true} it writes the page instead.
 */
class SettingsPageTest {

    @Test
    void pageIsGeneratedFromTheTableOfSettings() throws IOException {
        Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "settings.md");
        String generated = ToolRun.of("settings", "--markdown").out();
        if (Boolean.getBoolean("thumbkeeper.write")) {
            Files.writeString(page, generated);
        }

        assertThat(Files.readString(page))
                .as("docs/settings.md; write it again with the command in its first lines")
                .isEqualTo(generated);
    }
}
