/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths that need no certificate, as patterns of the servlet specification (section 12.2): {@code /exact},
 * {@code /prefix/*} and {@code *.extension}.
 *
 * <p>A request is exempt only if the path in its request line is already the plain path that is served: anything ambiguous in it (an
 * escape, a path parameter, an empty or a dot segment, a backslash) makes it an ordinary request.
 *
 * <p>Immutable and thread-safe.
 */
public final class ExemptPaths {

    private static final List<String> AMBIGUOUS = List.of("%", ";", "\\", "?", "#", "//", "/./", "/../");

    private final List<String> patterns;

    private ExemptPaths(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /**
     * Creates the set of these patterns.
     *
     * @throws IllegalArgumentException if one is not a pattern; the message says why
     */
    public static ExemptPaths of(List<String> patterns) {
        patterns.forEach(ExemptPaths::check);
        return new ExemptPaths(patterns);
    }

    /** Returns whether no path is exempt. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Returns whether the request is for an exempt path. */
    public boolean exempts(Exchange exchange) {
        if (patterns.isEmpty()) {
            return false;
        }
        String path = exchange.path();
        String raw = exchange.rawPath();
        return path != null
                && isPlain(raw)
                && raw.equals(exchange.contextPath() + path)
                && patterns.stream().anyMatch(pattern -> matches(pattern, path));
    }

    private static void check(String pattern) {
        String wrong = fault(pattern);
        if (wrong != null) {
            throw new IllegalArgumentException(wrong + "; expected /exact, /prefix/* and *.extension");
        }
    }

    private static @Nullable String fault(String pattern) {
        if (pattern.equals("/") || pattern.equals("/*")) {
            return "matches every path";
        }
        if (pattern.startsWith("*.")) {
            String extension = pattern.substring(2);
            return !extension.isEmpty()
                            && extension.indexOf('*') < 0
                            && extension.indexOf('/') < 0
                            && isPlain("/" + pattern)
                    ? null
                    : "is not an extension";
        }
        if (!pattern.startsWith("/")) {
            return "does not begin with a slash";
        }
        String fixed = pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 1) : pattern;
        if (fixed.indexOf('*') >= 0) {
            return "has a * that is not its last segment";
        }
        return isPlain(fixed) ? null : "is not a plain, decoded and normalised path";
    }

    private static boolean isPlain(String path) {
        return path.startsWith("/")
                && !path.endsWith("/.")
                && !path.endsWith("/..")
                && AMBIGUOUS.stream().noneMatch(path::contains)
                && path.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static boolean matches(String pattern, String path) {
        if (pattern.startsWith("*.")) {
            return path.endsWith(pattern.substring(1));
        }
        if (pattern.endsWith("/*")) {
            String prefix = pattern.substring(0, pattern.length() - 2);
            return path.equals(prefix) || path.startsWith(prefix + "/");
        }
        return path.equals(pattern);
    }
}
