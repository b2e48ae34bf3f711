/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The mappings of the filter.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name of the filter
 * @param patterns its URL patterns
 * @param servlets the names of the servlets that it is mapped to
 */
public record FilterSetup(String name, List<String> patterns, List<String> servlets) {

    private static final String EVERY_PATH = "/*";

    public FilterSetup {
        patterns = List.copyOf(patterns);
        servlets = List.copyOf(servlets);
    }

    /** Copies the mappings. */
    public static FilterSetup of(String name, Collection<String> patterns, Collection<String> servlets) {
        return new FilterSetup(name, List.copyOf(patterns), List.copyOf(servlets));
    }

    /** Returns the problem if the filter has no mapping, so that it would guard nothing. */
    public Optional<String> problem() {
        return patterns.isEmpty() && servlets.isEmpty()
                ? Optional.of("TK-405 filter [" + name
                        + "] is declared without a mapping, so it guards nothing; expected a <filter-mapping> to /*")
                : Optional.empty();
    }

    /** Returns the warnings for mappings that leave paths open. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!patterns.contains(EVERY_PATH)) {
            warnings.add("TK-405 filter [" + name + "] is mapped to " + patterns
                    + ": all other paths are open; map it to /*");
        }
        // "*" is every servlet, and the only mapping that applies to dispatches by name.
        if (servlets.stream().anyMatch(servlet -> !servlet.equals("*"))) {
            warnings.add("TK-406 filter [" + name + "] is mapped by servlet name to " + servlets + ": map it to /*");
        }
        return warnings;
    }

    /** Returns the warning about a login that comes before every filter. */
    public static String loginBefore() {
        return "TK-417 web.xml has <auth-method>CLIENT-CERT</auth-method>: the container logs clients in by the subject of"
                + " their certificate before this filter decides, and only its own TLS configuration verifies that"
                + " subject; expected a TLS configuration that lets only verified certificates through, or, on"
                + " Tomcat, ClientCertificateValve instead of this filter";
    }

    /** Returns the warning about an application that asks for its own error page, and declares none. */
    public static String noErrorPage(int status) {
        return "TK-418 errorFormat=container: web.xml declares no error page for status [" + status
                + "], and the container's own may show its version to refused clients; expected an"
                + " <error-page>, or another errorFormat";
    }
}
