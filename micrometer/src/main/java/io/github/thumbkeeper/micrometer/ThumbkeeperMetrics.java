/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ListenerNotFoundException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Binds the numbers of every gate in this JVM to a Micrometer registry, those of gates that start later too.
 *
 * <pre>{@code
 * ThumbkeeperMetrics metrics = new ThumbkeeperMetrics();
 * metrics.bindTo(registry);
 * }</pre>
 *
 * <p>It reads the gates' MXBeans when the registry is scraped, and costs a request nothing. So it works in an application whose gate
 * is a valve in Tomcat's {@code lib}, too.
 *
 * <p>Thread-safe. {@link #close} removes all meters, which an application must do before it ends.
 */
public final class ThumbkeeperMetrics implements MeterBinder, AutoCloseable {

    private static final String GATES = "io.github.thumbkeeper:type=Gate,*";
    private static final Set<String> OUTAGES = Set.of("TK-309", "TK-310");

    private final MBeanServer server;
    private final Map<Bound, Meters> bound = new ConcurrentHashMap<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    /** The meters of one gate in one registry. */
    private record Bound(MeterRegistry registry, ObjectName gate) {}

    /** Keeps the source of the numbers, to which Micrometer's meters refer only weakly. */
    private record Meters(GateBean source, List<Meter> all) {}

    private record Subscription(NotificationListener listener) {}

    /** Creates a binder of the gates in this JVM. */
    public ThumbkeeperMetrics() {
        this(ManagementFactory.getPlatformMBeanServer());
    }

    ThumbkeeperMetrics(MBeanServer server) {
        this.server = server;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        NotificationListener listener = (notification, handback) -> follow(registry, notification);
        try {
            ObjectName gates = new ObjectName(GATES);
            server.addNotificationListener(MBeanServerDelegate.DELEGATE_NAME, listener, null, null);
            synchronized (subscriptions) {
                subscriptions.add(new Subscription(listener));
            }
            server.queryNames(gates, null).forEach(name -> bind(registry, name));
        } catch (JMException e) {
            throw new IllegalStateException("the MBean server of this JVM does not answer", e);
        }
    }

    /** Removes all meters, and follows the gates no longer. */
    @Override
    public void close() {
        synchronized (subscriptions) {
            subscriptions.forEach(this::end);
            subscriptions.clear();
        }
        bound.keySet().forEach(this::unbind);
    }

    private void end(Subscription subscription) {
        try {
            server.removeNotificationListener(MBeanServerDelegate.DELEGATE_NAME, subscription.listener());
        } catch (InstanceNotFoundException | ListenerNotFoundException e) {
            // It is gone already.
        }
    }

    private void follow(MeterRegistry registry, Notification notification) {
        if (!(notification instanceof MBeanServerNotification change) || !isGate(change.getMBeanName())) {
            return;
        }
        if (MBeanServerNotification.REGISTRATION_NOTIFICATION.equals(change.getType())) {
            bind(registry, change.getMBeanName());
        } else {
            unbind(new Bound(registry, change.getMBeanName()));
        }
    }

    private static boolean isGate(ObjectName name) {
        try {
            return new ObjectName(GATES).apply(name);
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bind(MeterRegistry registry, ObjectName name) {
        bound.computeIfAbsent(new Bound(registry, name), each -> {
            GateBean source = new GateBean(server, name);
            return new Meters(source, meters(registry, source));
        });
        if (!server.isRegistered(name)) {
            // The gate has ended meanwhile, and its notification may have come before the meters.
            unbind(new Bound(registry, name));
        }
    }

    private void unbind(Bound gate) {
        Meters meters = bound.remove(gate);
        if (meters != null) {
            meters.all().forEach(gate.registry()::remove);
        }
    }

    private static List<Meter> meters(MeterRegistry registry, GateBean gate) {
        List<Meter> meters = new ArrayList<>();
        Tags tags = Tags.of("gate", gate.name());
        meters.addAll(requests(registry, gate, tags));
        meters.add(FunctionCounter.builder("thumbkeeper.headers.ignored", gate, each -> each.number("HeadersIgnored"))
                .tags(tags)
                .description("Certificate headers of peers that are not trusted proxies")
                .register(registry));
        meters.add(FunctionCounter.builder(
                        "thumbkeeper.revocation.soft.failures", gate, each -> each.number("SoftFailures"))
                .tags(tags)
                .description("Requests admitted without a revocation status")
                .register(registry));
        meters.add(Gauge.builder(
                        "thumbkeeper.gate.up", gate, each -> each.text("State").equals("UP") ? 1 : 0)
                .tags(tags)
                .description("1 if the gate decides requests, 0 if every request gets 503")
                .register(registry));
        meters.add(Gauge.builder("thumbkeeper.entries.unmatched", gate, each -> each.number("UnmatchedEntries"))
                .tags(tags)
                .description("Listed entries that no request has matched since the start")
                .register(registry));
        meters.add(Gauge.builder("thumbkeeper.expiring", gate, each -> each.number("Expiring"))
                .tags(tags)
                .description("Certificates, entries and CRLs that end within expiryWarning or have ended")
                .register(registry));
        meters.add(TimeGauge.builder(
                        "thumbkeeper.certificate.expiry",
                        gate,
                        TimeUnit.SECONDS,
                        each -> orNaN(each.number("SoonestExpirySeconds")))
                .tags(tags)
                .description("Time until the next end of a certificate, entry, trust anchor or CRL")
                .register(registry));
        meters.addAll(stores(registry, gate, tags));
        return meters;
    }

    private static List<Meter> requests(MeterRegistry registry, GateBean gate, Tags tags) {
        List<Meter> meters = new ArrayList<>();
        meters.add(requests(registry, gate, tags, "admitted", "none", each -> each.number("Admitted")));
        meters.add(requests(registry, gate, tags, "exempt", "none", each -> each.number("Exempt")));
        boolean enforces = gate.text("Mode").equals("enforce");
        gate.numbers("RefusedByCode")
                .keySet()
                .forEach(code -> meters.add(requests(
                        registry,
                        gate,
                        tags,
                        enforces || OUTAGES.contains(code) ? "refused" : "reported",
                        code,
                        each -> each.numbers("RefusedByCode").getOrDefault(code, 0L))));
        return meters;
    }

    private static Meter requests(
            MeterRegistry registry,
            GateBean gate,
            Tags tags,
            String outcome,
            String code,
            ToDoubleFunction<GateBean> number) {
        return FunctionCounter.builder("thumbkeeper.requests", gate, number)
                .tags(tags.and("outcome", outcome, "code", code))
                .description("Requests that a gate has decided")
                .register(registry);
    }

    /** The stores of a gate are fixed by its settings. */
    private static List<Meter> stores(MeterRegistry registry, GateBean gate, Tags tags) {
        List<Meter> meters = new ArrayList<>();
        // A store may be the trust store too; two meters of one name and tags would be one.
        Map<String, Integer> seen = new HashMap<>();
        int index = 0;
        for (CompositeData store : gate.stores()) {
            int at = index++;
            String location = (String) store.get("location");
            int uses = seen.merge(location, 1, Integer::sum);
            Tags own = tags.and(Tag.of("store", uses == 1 ? location : location + " (" + uses + ")"));
            meters.add(Gauge.builder("thumbkeeper.list.entries", gate, each -> number(each, at, "entries"))
                    .tags(own)
                    .description("Entries, rules, trusted certificates or CRLs in force")
                    .register(registry));
            meters.add(TimeGauge.builder(
                            "thumbkeeper.store.age",
                            gate,
                            TimeUnit.SECONDS,
                            each -> orNaN(number(each, at, "ageSeconds")))
                    .tags(own)
                    .description("Time since the last complete reading began")
                    .register(registry));
            meters.add(TimeGauge.builder(
                            "thumbkeeper.store.read",
                            gate,
                            TimeUnit.SECONDS,
                            each -> orNaN(number(each, at, "readSeconds")))
                    .tags(own)
                    .description("Time that the last reading took")
                    .register(registry));
            meters.add(Gauge.builder("thumbkeeper.store.failing", gate, each -> number(each, at, "failing"))
                    .tags(own)
                    .description("1 if the last reading failed, so that an older list is in force")
                    .register(registry));
        }
        return meters;
    }

    private static double number(GateBean gate, int index, String item) {
        List<CompositeData> stores = List.copyOf(gate.stores());
        if (index >= stores.size()) {
            return Double.NaN;
        }
        Object value = stores.get(index).get(item);
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return ((Number) value).doubleValue();
    }

    /** The gate says -1 for a time that is not known. */
    private static double orNaN(double seconds) {
        return seconds < 0 ? Double.NaN : seconds;
    }
}
