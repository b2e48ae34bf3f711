/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import java.util.ArrayList;
import java.util.List;

/** What an administrator should know of how a filter is mapped. */
final class MappingWarnings {

    private MappingWarnings() {}

    static List<String> of(FilterConfig config) {
        FilterRegistration mapping = config.getServletContext().getFilterRegistration(config.getFilterName());
        if (mapping == null) {
            return List.of();
        }
        List<String> warnings = new ArrayList<>();
        if (!mapping.getUrlPatternMappings().contains("/*")) {
            warnings.add("TK-405 filter [" + config.getFilterName() + "] is mapped to "
                    + mapping.getUrlPatternMappings() + ": all other paths are open; map it to /*");
        }
        // "*" is every servlet, and the only way to be asked about dispatches by name.
        if (mapping.getServletNameMappings().stream().anyMatch(name -> !name.equals("*"))) {
            warnings.add("TK-406 filter [" + config.getFilterName() + "] is mapped by servlet name to "
                    + mapping.getServletNameMappings() + ": map it to /*");
        }
        return warnings;
    }
}
