/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.MethodEntryEvent;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.MethodEntryRequest;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lists the source files of Thumbkeeper that a request or a reload passes, by thread, in the order in which they are entered.
 *
 * <p>Attaches to a Java process that waits for a debugger on 127.0.0.1, such as the demo with {@code -Ddemo.debug=5005}, and watches
 * it for some seconds. Send a request, or change a list, meanwhile. Runs without a build:
 *
 * <pre>{@code
 * java benchmarks/src/main/java/io/github/thumbkeeper/benchmarks/JourneyFigures.java 5005 10
 * }</pre>
 */
public final class JourneyFigures {

    private static final String OURS = "io.github.thumbkeeper.*";
    private static final List<String> OTHERS =
            List.of("io.github.thumbkeeper.demo.*", "io.github.thumbkeeper.shaded.*");

    /** The length of the bytecode that returns a field. */
    private static final int GETTER = 5;

    /** The methods entered, by file, by thread; constructors and getters are left out, so that a file may have none. */
    private final Map<String, Map<String, Set<String>>> entered = new TreeMap<>();

    private JourneyFigures() {}

    /** Watches and prints; the arguments are the port and the number of seconds. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("expected a port and a number of seconds");
        }
        JourneyFigures journey = new JourneyFigures();
        journey.watch(arguments[0], Integer.parseInt(arguments[1]));
        journey.print(System.out);
    }

    private void watch(String port, int seconds) throws Exception {
        VirtualMachine machine = attach(port);
        MethodEntryRequest request = machine.eventRequestManager().createMethodEntryRequest();
        request.addClassFilter(OURS);
        OTHERS.forEach(request::addClassExclusionFilter);
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.enable();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        try {
            while (System.nanoTime() < end) {
                EventSet events = machine.eventQueue().remove(200);
                if (events != null) {
                    for (Event event : events) {
                        if (event instanceof MethodEntryEvent entry) {
                            note(entry);
                        }
                    }
                    events.resume();
                }
            }
            machine.dispose();
        } catch (VMDisconnectedException e) {
            // The process has ended; what was seen until then counts.
        }
    }

    private static VirtualMachine attach(String port) throws Exception {
        AttachingConnector sockets = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = sockets.defaultArguments();
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(port);
        return sockets.attach(arguments);
    }

    private void note(MethodEntryEvent entry) {
        Method method = entry.method();
        String type = method.declaringType().name();
        if (type.contains("$$Lambda")) {
            return;
        }
        Set<String> methods = entered.computeIfAbsent(entry.thread().name(), thread -> new LinkedHashMap<>())
                .computeIfAbsent(folder(type) + file(method), file -> new LinkedHashSet<>());
        if (!method.isConstructor() && !method.isStaticInitializer() && method.bytecodes().length > GETTER) {
            methods.add(method.name());
        }
    }

    private static String folder(String type) {
        return type.substring(0, type.lastIndexOf('.') + 1)
                .replace("io.github.thumbkeeper.", "")
                .replace('.', '/');
    }

    private static String file(Method method) {
        try {
            return method.declaringType().sourceName();
        } catch (AbsentInformationException e) {
            return method.declaringType().name();
        }
    }

    private void print(PrintStream out) {
        entered.forEach((thread, files) -> {
            long passive = files.values().stream().filter(Set::isEmpty).count();
            out.println(
                    thread + ": " + files.size() + " files, " + passive + " of them only for constructors and getters");
            int number = 0;
            for (Map.Entry<String, Set<String>> file : files.entrySet()) {
                number++;
                out.println("  " + number + ". " + file.getKey() + "  " + String.join(" ", file.getValue()));
            }
        });
    }
}
