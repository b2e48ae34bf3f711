/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks of one class and prints each as a line: benchmark, parameters, nanoseconds, bytes. Both figures are
 * minima over all iterations of all forks, because interference only adds.
 *
 * <p>Arguments: the class, and {@code short} for a run that only shows that they work. Exit code 1 if one fails.
 */
public final class JmhRun {

    private JmhRun() {}

    /** Runs and prints. */
    public static void main(String[] arguments) throws Exception {
        boolean quick = arguments.length > 1 && arguments[1].equals("short");
        Path log = Files.createTempFile("jmh", ".log");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(arguments[0].replace(".", "[.]") + "[.].*")
                .addProfiler(GCProfiler.class)
                .param("entries", quick ? new String[] {"10"} : new String[] {"10", "1000000"})
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 1 : 5)
                .measurementIterations(quick ? 2 : 6)
                .warmupTime(TimeValue.milliseconds(quick ? 50 : 200))
                .measurementTime(TimeValue.milliseconds(quick ? 50 : 200))
                .timeout(TimeValue.seconds(60))
                .output(log.toString());
        if (quick) {
            options.param("configuration", "listed", "nginx", "trust");
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        results.forEach(JmhRun::print);
        System.out.flush();
        if (hasFailure(log)) {
            System.exit(1);
        }
    }

    private static void print(RunResult result) {
        StringBuilder parameters = new StringBuilder();
        for (String name : result.getParams().getParamsKeys()) {
            parameters
                    .append(parameters.length() == 0 ? "" : " ")
                    .append(name)
                    .append('=')
                    .append(result.getParams().getParam(name));
        }
        String name = result.getParams().getBenchmark();
        System.out.printf(
                Locale.ROOT,
                "%s\t%s\t%.2f\t%.1f%n",
                name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                parameters,
                least(result, null),
                least(result, "gc.alloc.rate.norm"));
    }

    private static double least(RunResult result, @Nullable String secondary) {
        double least = Double.MAX_VALUE;
        for (var fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                Result<?> score = secondary == null
                        ? iteration.getPrimaryResult()
                        : iteration.getSecondaryResults().get(secondary);
                least = score == null ? least : Math.min(least, score.getScore());
            }
        }
        return least;
    }

    /** Copies the log to the standard error stream if a benchmark failed; JMH itself continues with the next one. */
    private static boolean hasFailure(Path log) throws IOException {
        String text = Files.readString(log, StandardCharsets.UTF_8);
        Files.delete(log);
        boolean failed = text.contains("<failure>") || text.contains("<JMH had finished, but forked VM did not exit");
        if (failed) {
            System.err.println(text);
        }
        return failed;
    }
}
