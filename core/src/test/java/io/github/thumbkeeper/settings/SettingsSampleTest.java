/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.servlet.WorkerThreads;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict.Admitted;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The sample in the Javadoc of {@link Settings}. */
class SettingsSampleTest {

    private static final System.Logger logger = System.getLogger(SettingsSampleTest.class.getName());

    private final TestCertificate alice = TestCertificate.named("CN=alice").build();
    private final FakeResources resources = new FakeResources();

    @Test
    void sampleOpensAGate() {
        String thumbprint = alice.sha256();
        try (WorkerThreads workers = new WorkerThreads()) {
            Settings settings = Settings.parse(Map.of("thumbprints", thumbprint), resources);
            settings.warnings().forEach(warning -> logger.log(Level.WARNING, warning));
            Gate gate = settings.open(new Counters(), InstantSource.system(), workers);

            assertThat(gate.decide(FakeExchange.of(alice.certificate()))).isInstanceOf(Admitted.class);
        }
    }

    @Test
    void javadocHasTheLinesOfThisFile() throws IOException {
        Path base = Path.of(System.getProperty("basedir", ""), "src");
        String javadoc = Files.readString(base.resolve("main/java/io/github/thumbkeeper/settings/Settings.java"));
        int begin = javadoc.indexOf("<pre>{@code\n") + "<pre>{@code\n".length();
        String sample = javadoc.substring(begin, javadoc.indexOf(" * }</pre>", begin))
                .lines()
                .map(line -> line.replaceFirst("^ \\* ", "").strip())
                .collect(Collectors.joining("\n"));
        String here = Files.readString(base.resolve("test/java/io/github/thumbkeeper/settings/SettingsSampleTest.java"))
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n"));

        assertThat(here).contains(sample);
    }
}
