/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    @Test
    void pageInDocsIsWhatTheTableOfSettingsGives() throws IOException {
        Path page = Path.of(System.getProperty("basedir", ""), "..", "docs", "settings.md");

        assertThat(Files.readString(page))
                .as("docs/settings.md; write it again with: java -cp core/target/classes"
                        + " io.github.thumbkeeper.cli.Main settings --markdown > docs/settings.md")
                .isEqualTo(ToolRun.of("settings", "--markdown").out());
    }
}
