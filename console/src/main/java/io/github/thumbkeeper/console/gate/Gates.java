/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.gate;

import io.github.thumbkeeper.observe.ExpiringItem;
import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.observe.RefusedClient;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/**
 * The gates of this JVM: valves and filters of every application, whichever class loader they have.
 *
 * <p>A gate that ends while it is read is left out. Thread-safe.
 */
public final class Gates {

    private final MBeanServer server;
    private final ObjectName pattern;

    private Gates(MBeanServer server, ObjectName pattern) {
        this.server = server;
        this.pattern = pattern;
    }

    /** Returns the gates of this JVM. */
    public static Gates ofThisJvm() {
        try {
            return new Gates(
                    ManagementFactory.getPlatformMBeanServer(), new ObjectName("io.github.thumbkeeper:type=Gate,*"));
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A refused certificate, and the gate that refused it. */
    public record Refused(String gate, RefusedClient client) {}

    /** Returns the state of every gate, by name. */
    public List<GateView> all() {
        return each(gate -> List.of(view(gate)));
    }

    /** Returns the names of the gates that do not refuse requests: their mode is not {@code enforce}. */
    public List<String> notEnforcing() {
        return each(gate -> gate.getMode().equals("enforce") ? List.of() : List.of(gate.getName()));
    }

    /** Returns the names of the gates. */
    public List<String> names() {
        return each(gate -> List.of(gate.getName()));
    }

    /** Returns the certificates that gates have refused, the last one first. */
    public List<Refused> refused() {
        List<Refused> all = new ArrayList<>(each(gate -> {
            String name = gate.getName();
            return gate.recentlyRefused().stream()
                    .map(client -> new Refused(name, client))
                    .toList();
        }));
        all.sort(Comparator.comparing((Refused each) -> each.client().getLastSeen())
                .reversed());
        return all;
    }

    /** Returns what ends within a number of days or has ended; the same thing in several gates once. */
    public List<ExpiringItem> expiring(int days) {
        Map<String, ExpiringItem> items = new TreeMap<>();
        each(gate -> gate.expiring(days))
                .forEach(item -> items.putIfAbsent(
                        item.getEnd() + "\n" + item.getKind() + "\n" + item.getName() + "\n" + item.getStore(), item));
        return List.copyOf(items.values());
    }

    /**
     * Explains the decision of a gate on a certificate; empty if the gate does not exist.
     *
     * @throws IllegalArgumentException if the text has no certificate
     */
    public Optional<List<String>> explain(String gate, String pem) {
        for (GateMXBean each : beans()) {
            try {
                if (each.getName().equals(gate)) {
                    return Optional.of(each.explain(pem));
                }
            } catch (IllegalArgumentException e) {
                throw e;
            } catch (RuntimeException e) {
                // A gate that ends meanwhile.
            }
        }
        return Optional.empty();
    }

    private static GateView view(GateMXBean gate) {
        Map<String, Long> byCode = new TreeMap<>(gate.getRefusedByCode());
        byCode.values().removeIf(count -> count == 0);
        return new GateView(
                gate.getName(),
                gate.getMode(),
                gate.getState(),
                gate.getAdmitted(),
                gate.getRefused(),
                byCode,
                gate.getReported(),
                gate.getExempt(),
                gate.getEntries(),
                gate.getUnmatchedEntries(),
                gate.getExpiring(),
                gate.getStores());
    }

    private interface Reader<T> {
        Collection<T> read(GateMXBean gate);
    }

    private <T> List<T> each(Reader<T> reader) {
        List<T> all = new ArrayList<>();
        for (GateMXBean gate : beans()) {
            try {
                all.addAll(reader.read(gate));
            } catch (RuntimeException e) {
                // A gate that ends meanwhile.
            }
        }
        return all;
    }

    private List<GateMXBean> beans() {
        return new TreeSet<>(server.queryNames(pattern, null))
                .stream()
                        .map(name -> JMX.newMXBeanProxy(server, name, GateMXBean.class))
                        .toList();
    }
}
