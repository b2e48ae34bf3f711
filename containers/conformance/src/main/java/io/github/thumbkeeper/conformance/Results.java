/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Records the results of the checks on one container, for {@link Report}. */
public final class Results implements TestExecutionListener {

    static final String FILE = "conformance.properties";

    private static final Map<String, String> FACTS = new TreeMap<>();

    private final Map<String, String> notApplicable = new TreeMap<>();
    private int passed;
    private int failed;

    /** Reads the container and its version of the servlet specification from a probe's answer. */
    static void learn(String body) {
        for (String fact : new String[] {"server", "servlet"}) {
            body.lines()
                    .filter(line -> line.startsWith(fact + " "))
                    .forEach(line -> FACTS.put(fact, line.substring(fact.length() + 1)));
        }
    }

    /** Results of an earlier run must not count for this one. */
    @Override
    public synchronized void testPlanExecutionStarted(TestPlan plan) {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        failed++;
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.FAILED) {
            failed++;
        } else if (result.getStatus() == Status.ABORTED) {
            notApplicable.put(
                    test.getDisplayName(),
                    result.getThrowable()
                            .map(Throwable::getMessage)
                            .orElse("without a reason")
                            .replace("Assumption failed: ", ""));
        } else if (test.isTest()) {
            passed++;
        }
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan plan) {
        Properties all = new Properties();
        all.putAll(FACTS);
        all.setProperty("name", name());
        all.setProperty("passed", String.valueOf(passed));
        all.setProperty("failed", String.valueOf(failed));
        notApplicable.forEach((check, why) -> all.setProperty("notApplicable." + check, why));
        try (Writer out = Files.newBufferedWriter(file())) {
            all.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name() {
        try {
            return Site.current().server().name();
        } catch (LinkageError e) {
            return "not set up";
        }
    }

    private static Path file() {
        return Path.of(System.getProperty("thumbkeeper.target", "target")).resolve(FILE);
    }
}
