/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.message.LogTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The watch for applications without a gate; the start of an application is only the event of it. */
class UnguardedContextsTest {

    private final TestServer server = new TestServer();
    private final StandardContext guarded = server.context("/guarded");
    private final StandardContext open = server.context("/open");
    private final SSLHostConfig tls = new SSLHostConfig();
    private final Logger logger = Logger.getLogger(LogTopic.GATE.loggerName());
    private final Recorder recorder = new Recorder();

    @BeforeEach
    void configure() {
        guarded.getPipeline().addValve(new ClientCertificateValve());
        tls.setTrustManagerClassName(AnyClientCertificateTrustManager.class.getName());
        server.connector.setProperty("SSLEnabled", "true");
        server.connector.addSslHostConfig(tls);
        logger.setUseParentHandlers(false);
        logger.addHandler(recorder);
    }

    @AfterEach
    void stopRecording() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
    }

    @Test
    void reportsAnApplicationWithoutAGateWheneverItStarts() {
        UnguardedContexts watch = watch();

        start(watch, guarded);
        assertThat(recorder.lines).isEmpty();
        start(watch, open);
        start(watch, open);

        assertThat(recorder.lines)
                .hasSize(2)
                .allMatch(line -> line.startsWith("TK-404 application [/open] has no gate"));
    }

    @Test
    void reportsNothingIfTheHandshakeVerifies() {
        tls.setTrustManagerClassName(HandshakeTrustTest.Strict.class.getName());

        start(watch(), open);

        assertThat(recorder.lines).isEmpty();
    }

    @Test
    @DisplayName("a filter is a gate only if it is mapped to /* for REQUEST")
    void countsAFilterThatSeesEveryRequest() {
        UnguardedContexts watch = watch();
        FilterDef filter = new FilterDef();
        filter.setFilterName("gate");
        filter.setFilterClass("io.github.thumbkeeper.filter.ClientCertificateFilter");
        open.addFilterDef(filter);

        open.addFilterMap(mapping("/orders/*"));
        start(watch, open);
        assertThat(recorder.lines).hasSize(1);

        open.addFilterMap(mapping("/*"));
        start(watch, open);
        assertThat(recorder.lines).hasSize(1);
    }

    @Test
    void watchesApplicationsThatAreAddedLater() {
        UnguardedContexts watch = watch();

        StandardContext later = server.context("/later");

        assertThat(later.findLifecycleListeners()).contains(watch);
    }

    @Test
    void watchesNothingOnceStopped() {
        UnguardedContexts watch = watch();

        watch.stop();

        assertThat(open.findLifecycleListeners()).doesNotContain(watch);
        assertThat(server.engine.findContainerListeners()).doesNotContain(watch);
        assertThat(server.context("/later").findLifecycleListeners()).doesNotContain(watch);
    }

    @Test
    @DisplayName("several gates of one service watch, and one of them reports")
    void reportsOnceForSeveralGates() {
        List<UnguardedContexts> watches = List.of(watch(), watch());

        watches.forEach(watch -> start(watch, open));

        assertThat(recorder.lines).hasSize(1);
    }

    private UnguardedContexts watch() {
        return UnguardedContexts.watch(new TomcatEnvironment(guarded));
    }

    private static void start(UnguardedContexts watch, Context context) {
        watch.lifecycleEvent(new LifecycleEvent(context, Lifecycle.AFTER_START_EVENT, null));
    }

    private static FilterMap mapping(String pattern) {
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("gate");
        mapping.addURLPattern(pattern);
        return mapping;
    }

    /** Keeps the messages of the log. */
    private static final class Recorder extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord record) {
            lines.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
