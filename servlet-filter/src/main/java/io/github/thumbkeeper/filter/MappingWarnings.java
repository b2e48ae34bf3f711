/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the mapping of a filter, and warns if it leaves paths open. */
final class MappingWarnings {

    private MappingWarnings() {}

    /** Returns the problem if the filter has no mapping, so that it would guard nothing. */
    static List<String> problems(FilterConfig config) {
        FilterRegistration mapping = registration(config);
        boolean unmapped = mapping != null
                && isEmpty(mapping.getUrlPatternMappings())
                && isEmpty(mapping.getServletNameMappings());
        return unmapped
                ? List.of("TK-405 filter [" + config.getFilterName()
                        + "] is declared without a mapping, so it guards nothing; expected a <filter-mapping> to /*")
                : List.of();
    }

    /** Returns the warnings for a mapping that leaves paths open. */
    static List<String> of(FilterConfig config) {
        FilterRegistration mapping = registration(config);
        if (mapping == null) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        Collection<String> patterns = noneIfNull(mapping.getUrlPatternMappings());
        Collection<String> servlets = noneIfNull(mapping.getServletNameMappings());
        if (!patterns.contains("/*")) {
            warnings.add("TK-405 filter [" + config.getFilterName() + "] is mapped to " + patterns
                    + ": all other paths are open; map it to /*");
        }
        // "*" is every servlet, and the only mapping that applies to dispatches by name.
        if (servlets.stream().anyMatch(name -> !name.equals("*"))) {
            warnings.add("TK-406 filter [" + config.getFilterName() + "] is mapped by servlet name to " + servlets
                    + ": map it to /*");
        }
        return warnings;
    }

    private static @Nullable FilterRegistration registration(FilterConfig config) {
        return config.getServletContext().getFilterRegistration(config.getFilterName());
    }

    /** Returns false for null, by which a container may mean that it does not know. */
    private static boolean isEmpty(@Nullable Collection<String> mappings) {
        return mappings != null && mappings.isEmpty();
    }

    /** Open Liberty returns null instead of an empty collection. */
    private static Collection<String> noneIfNull(@Nullable Collection<String> mappings) {
        return mappings == null ? List.of() : mappings;
    }
}
