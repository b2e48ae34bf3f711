/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the console does not start. */
class StartIT {

    @ParameterizedTest
    @CsvSource({
        "admins, ",
        "admins, ''",
        "admins, /does/not/exist.txt",
        "gate.mode, report",
        "gate.mode, enforce",
        "gate.noCertificate, anonymous",
        "gate.exclude, /*",
        "gate.corsPreflight, always",
        "gate.store, /tmp/other.txt",
        "gate.typo, x",
        "list, relative/folder",
        "list, /does/not/exist",
        "list, java:comp/env/jdbc/missing",
    })
    void doesNotStart(String parameter, String value) throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().with(parameter, value).start()) {
            assertThat(tomcat.isUp()).isFalse();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").statusCode())
                    .isIn(404, 503);
        }
    }

    @Test
    void startsFromTheFileOfThePage() throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().fromFileOfThePage().start()) {
            assertThat(tomcat.isUp()).isTrue();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void startsWithoutAListAndSaysHowToSetOne() throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().with("list", null).start()) {
            assertThat(tomcat.isUp()).isTrue();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").body()).contains("No list is set");
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/api/v1/entries")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
