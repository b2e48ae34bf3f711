/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * Reads the attributes of one gate by JMX. A gate that has just ended gives no number.
 *
 * <p>Thread-safe.
 */
final class GateBean {

    private static final String KEY = "key";
    private static final String VALUE = "value";

    private final MBeanServer server;
    private final ObjectName name;

    GateBean(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
    }

    /** Returns the name that is unique in this JVM. */
    String name() {
        return ObjectName.unquote(name.getKeyProperty("name"));
    }

    String text(String attribute) {
        return read(attribute, String.class, () -> "");
    }

    /** Returns a number, or NaN if the gate has ended. */
    double number(String attribute) {
        return read(attribute, Number.class, () -> Double.NaN).doubleValue();
    }

    /** Returns a map from text to numbers. */
    Map<String, Long> numbers(String attribute) {
        Map<String, Long> found = new TreeMap<>();
        Object table = read(attribute, Object.class, List::of);
        if (table instanceof TabularData rows) {
            for (Object row : rows.values()) {
                CompositeData each = (CompositeData) row;
                found.put((String) each.get(KEY), (Long) each.get(VALUE));
            }
        }
        return found;
    }

    /** Returns the stores in their order. */
    Collection<CompositeData> stores() {
        return List.of(read("Stores", CompositeData[].class, () -> new CompositeData[0]));
    }

    private <T> T read(String attribute, Class<T> type, Supplier<T> ended) {
        try {
            return type.cast(server.getAttribute(name, attribute));
        } catch (JMException | RuntimeException e) {
            return ended.get();
        }
    }
}
