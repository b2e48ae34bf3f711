/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.setup.FilterSetup;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the mapping of a filter, and warns if it leaves paths open. */
final class MappingWarnings {

    private MappingWarnings() {}

    /**
     * Returns the problem if the filter has no mapping, so that it would guard nothing. A container may return null where it does not
     * know the mappings.
     */
    static List<String> problems(FilterConfig config) {
        FilterRegistration mapping = registration(config);
        return mapping == null || mapping.getUrlPatternMappings() == null || mapping.getServletNameMappings() == null
                ? List.of()
                : setup(config, mapping).problem().stream().toList();
    }

    /** Returns the warnings for a mapping that leaves paths open. */
    static List<String> of(FilterConfig config) {
        FilterRegistration mapping = registration(config);
        return mapping == null ? List.of() : setup(config, mapping).warnings();
    }

    private static FilterSetup setup(FilterConfig config, FilterRegistration mapping) {
        return FilterSetup.of(
                config.getFilterName(),
                noneIfNull(mapping.getUrlPatternMappings()),
                noneIfNull(mapping.getServletNameMappings()));
    }

    private static @Nullable FilterRegistration registration(FilterConfig config) {
        return config.getServletContext().getFilterRegistration(config.getFilterName());
    }

    /** Open Liberty returns null instead of an empty collection. */
    private static Collection<String> noneIfNull(@Nullable Collection<String> mappings) {
        return mappings == null ? List.of() : mappings;
    }
}
