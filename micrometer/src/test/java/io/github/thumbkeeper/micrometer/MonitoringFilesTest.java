/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.observe.GateMXBean;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of docs/monitoring use names that exist, and the page has a line for each name that exists. */
class MonitoringFilesTest {

    private static final Path MONITORING = Path.of("..", "docs", "monitoring");
    private static final Pattern METRIC = Pattern.compile("\\bthumbkeeper_[a-z_]+");
    private static final Pattern ATTRIBUTE = Pattern.compile("<>([A-Z][A-Za-z]+)'|<(RefusedByCode)>");
    private static final Pattern LOGGER = Pattern.compile("io\\.github\\.thumbkeeper\\.[a-z]+");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "dashboard.json", "jmx_exporter.yml"})
    void namesMetricsThatExist(String file) throws Exception {
        assertThat(found(METRIC, read(file))).isNotEmpty().isSubsetOf(metrics());
    }

    @Test
    @DisplayName("the page has a line for each metric")
    void pageHasEachMetric() throws Exception {
        assertThat(found(Pattern.compile("`(thumbkeeper_[a-z_]+)`"), read("README.md")))
                .containsAll(metrics());
    }

    @Test
    @DisplayName("the page has a line for each attribute and operation of the MXBean, and names no other")
    void pageHasEachAttribute() throws Exception {
        Set<String> documented = found(Pattern.compile("(?m)^\\| `([A-Za-z]+)[`(]"), read("README.md"));
        assertThat(documented).isEqualTo(attributes());
    }

    @Test
    void exporterReadsAttributesThatExist() throws Exception {
        assertThat(found(ATTRIBUTE, read("jmx_exporter.yml"))).isNotEmpty().isSubsetOf(attributes());
    }

    @ParameterizedTest
    @EnumSource(LogTopic.class)
    void pageHasEachLogger(LogTopic topic) throws Exception {
        assertThat(read("README.md")).contains("`" + topic.loggerName() + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logging.properties", "log4j2.xml", "logback.xml"})
    void configuresLoggersThatExist(String file) throws Exception {
        Set<String> topics = new TreeSet<>();
        for (LogTopic topic : LogTopic.values()) {
            topics.add(topic.loggerName());
        }
        assertThat(found(LOGGER, read(file))).isNotEmpty().isSubsetOf(topics);
    }

    /** The names as Prometheus gets them. */
    private Set<String> metrics() throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (OpenedGate gate = new OpenedGate("orders", directory.resolve("clients"), "enforce");
                ThumbkeeperMetrics metrics = new ThumbkeeperMetrics()) {
            gate.decide(OpenedGate.ALICE);
            metrics.bindTo(registry);
            return found(Pattern.compile("(?m)^(thumbkeeper_[a-z_]+)"), registry.scrape());
        }
    }

    /** Attributes by their names in JMX, and operations. */
    private static Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        for (Method method : GateMXBean.class.getMethods()) {
            names.add(method.getName().startsWith("get") ? method.getName().substring(3) : method.getName());
        }
        return names;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(Arrays.asList(groups(matcher)).stream()
                    .filter(group -> group != null)
                    .findFirst()
                    .orElse(matcher.group()));
        }
        return found;
    }

    private static String[] groups(Matcher matcher) {
        String[] groups = new String[matcher.groupCount()];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = matcher.group(i + 1);
        }
        return groups;
    }

    private static String read(String file) throws IOException {
        return Files.readString(MONITORING.resolve(file));
    }
}
