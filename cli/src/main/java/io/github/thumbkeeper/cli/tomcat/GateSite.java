/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.store.location.ContainerResources;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * A gate as a file configures it.
 *
 * @param place where it is, as messages name it
 * @param kind the front end
 * @param settings its settings by name
 * @param resources finds its files and JNDI names
 * @param problems what keeps it from starting, apart from its settings
 * @param warnings what a start would warn of, apart from its settings
 * @param surroundings what the checks of the valve need to know about the service around it
 * @param errorPages whether the application of a filter declares an error page for a status
 */
public record GateSite(
        String place,
        Kind kind,
        Map<String, String> settings,
        ContainerResources resources,
        List<String> problems,
        List<String> warnings,
        Surroundings surroundings,
        IntPredicate errorPages) {

    /** Kinds of front ends. */
    public enum Kind {
        /** The valve. */
        VALVE,
        /** The filter. */
        FILTER,
        /** Settings alone, in a properties file. */
        SETTINGS
    }
}
