/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Starts a Tomcat with a valve and a filter, visits both with all kinds of certificates, prints what came of it, and stays
 * up for more visits. Ends with 1 if anything came out otherwise than expected.
 */
public final class Demo {

    private final PrintStream out = System.out;
    private final Places places;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Base base;
    private @Nullable TomcatProcess tomcat;

    private Demo(Places places) {
        this.places = places;
    }

    /** Runs the demo; {@code -Ddemo.once=true} ends it after the table. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Demo demo = new Demo(Places.ofSystemProperties());
        Runtime.getRuntime().addShutdownHook(new Thread(demo::cleanUp, "clean up"));
        System.exit(demo.run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        out.println("\nThumbkeeper demo\n");
        say("making certificates for this run");
        People people = People.make();
        Base folder = Base.create(places.target());
        base = folder;
        folder.fill(places, people);
        URI server = start(folder);
        say("visiting it with certificates of all kinds\n");
        List<Row> rows = new Visits(server, people, folder).all();
        Row.print(rows, out);
        boolean expected = rows.stream().allMatch(Row::isExpected);
        out.println("\n  " + (expected ? "All as expected." : "NOT as expected: see the lines marked UNEXPECTED."));
        if (expected && !Boolean.getBoolean("demo.once")) {
            new NextSteps(server, folder, places.valve()).print(out);
            awaitStop();
        }
        return expected;
    }

    private URI start(Base folder) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        Path name = places.tomcat().getFileName();
        out.print("  starting " + name + " ... ");
        out.flush();
        TomcatProcess process = TomcatProcess.launch(places.tomcat(), folder);
        tomcat = process;
        URI server = process.awaitStart();
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        out.printf(Locale.ROOT, "up after %.1f s at %s%n", seconds, server);
        return server;
    }

    /** Also stops when the build that has started it is gone. */
    private void awaitStop() throws InterruptedException {
        ProcessHandle.current().parent().ifPresent(this::stopAfter);
        Console terminal = terminal();
        if (terminal != null) {
            Thread enter = new Thread(() -> stopOnEnter(terminal), "wait for Enter");
            enter.setDaemon(true);
            enter.start();
        }
        out.println("  Stop it with Ctrl-C" + (terminal == null ? "." : " or Enter."));
        stopped.await();
    }

    private void stopAfter(ProcessHandle parent) {
        CompletableFuture<Void> unused = parent.onExit().thenRun(stopped::countDown);
    }

    /** Returns the console, or null without a terminal. Later Java releases always return one, so its end of input must not count. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console terminal() {
        return System.console();
    }

    private void stopOnEnter(Console terminal) {
        if (terminal.readLine() != null) {
            stopped.countDown();
        }
    }

    private void say(String progress) {
        out.println("  " + progress);
    }

    private void cleanUp() {
        if (tomcat != null) {
            tomcat.stop();
        }
        try {
            if (base != null) {
                base.delete();
            }
        } catch (IOException e) {
            out.println("  could not remove " + base.folder() + ": " + e);
        }
    }
}
