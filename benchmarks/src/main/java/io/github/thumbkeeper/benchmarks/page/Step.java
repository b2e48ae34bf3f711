/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the run, in a JVM of its own.
 *
 * @param name the key of its figures
 * @param main the class with its main method
 * @param options the options of its JVM
 * @param limit the time after which it is ended
 */
record Step(String name, String main, List<String> options, List<String> arguments, Duration limit) {

    static final String END_TO_END = "EndToEnd";
    static final String RELOAD = "ReloadWhileServing";
    static final String HANDSHAKES = "CostlyHandshakes";
    static final String STORES = "StoreFigures";

    private static final String PACKAGE = "io.github.thumbkeeper.benchmarks.";
    private static final String SERIAL = "-XX:+UseSerialGC";

    /**
     * Returns all steps; those of the goals come first, in case the time does not suffice.
     *
     * @param jmh the classes with JMH benchmarks
     * @param sources the kinds of stores
     */
    static List<Step> all(List<String> jmh, List<String> sources, boolean quick) {
        Duration limit = Duration.ofMinutes(10);
        List<Step> all = new ArrayList<>();
        all.add(new Step(
                END_TO_END,
                PACKAGE + "endtoend.EndToEnd",
                List.of("-Xmx2g"),
                quick ? List.of("400", "10000") : List.of("40000", "1000000"),
                limit));
        for (String type : jmh) {
            List<String> arguments = quick ? List.of(type, "short") : List.of(type);
            all.add(new Step(simple(type), JmhRun.class.getName(), List.of("-Xmx2g"), arguments, limit));
        }
        List<String> kinds = quick ? List.of("") : sources;
        for (String kind : kinds) {
            List<String> arguments = quick ? List.of("1000") : List.of(kind);
            String name = (STORES + " " + kind).strip();
            all.add(new Step(name, PACKAGE + STORES, List.of("-Xmx4g", SERIAL), arguments, limit));
        }
        List<String> windows = quick ? List.of("1") : List.of();
        all.add(new Step(RELOAD, PACKAGE + RELOAD, List.of("-Xmx2g"), windows, limit));
        all.add(new Step(HANDSHAKES, PACKAGE + HANDSHAKES, List.of("-Xmx2g"), windows, limit));
        return List.copyOf(all);
    }

    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
