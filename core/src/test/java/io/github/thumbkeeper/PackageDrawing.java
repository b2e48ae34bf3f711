/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Draws the packages of {@code core} as the compiled code has them: layers, classes, and the arrows between packages.
 *
 * <p>The root package is called {@code gate}. A layer is one higher than the highest layer it uses, so that every arrow points
 * downwards; a package and its subpackages are in one layer.
 */
final class PackageDrawing {

    private static final String ROOT = "io.github.thumbkeeper";
    private static final Pattern FIRST_SENTENCE = Pattern.compile("/\\*\\*(.*?\\.)(?=\\s|\\*)", Pattern.DOTALL);
    private static final int WIDTH = 92;

    private final Path sources;
    private final SortedMap<String, Long> sizes;
    private final SortedMap<String, Set<String>> arrows = new TreeMap<>();

    /**
     * Reads the packages of these classes.
     *
     * @param sources the folder of the root package, for the sentence in each {@code package-info.java}
     */
    PackageDrawing(JavaClasses classes, Path sources) {
        this.sources = sources;
        this.sizes = classes.stream()
                .filter(each -> each.isTopLevelClass() && !each.getSimpleName().equals("package-info"))
                .collect(groupingBy(each -> nameOf(each.getPackageName()), TreeMap::new, counting()));
        sizes.keySet().forEach(name -> arrows.put(name, new TreeSet<>()));
        for (JavaClass from : classes) {
            for (Dependency each : from.getDirectDependenciesFromSelf()) {
                String used = each.getTargetClass().getBaseComponentType().getPackageName();
                if (used.startsWith(ROOT) && !used.equals(from.getPackageName())) {
                    arrows.get(nameOf(from.getPackageName())).add(nameOf(used));
                }
            }
        }
    }

    /** Returns the drawing in Markdown: the layers, then a table with the packages that each package uses. */
    String markdown() {
        return layers() + "\n" + table();
    }

    private String layers() {
        NavigableMap<Integer, List<String>> byLayer = new TreeMap<>();
        groups().keySet()
                .forEach(group -> byLayer.computeIfAbsent(layerOf(group), layer -> new ArrayList<>())
                        .add(label(group)));
        String line = "─".repeat(WIDTH);
        return byLayer.descendingMap().values().stream()
                .map(PackageDrawing::rows)
                .collect(joining("\n├" + line + "┤\n", "```text\n┌" + line + "┐\n", "\n└" + line + "┘\n```\n"));
    }

    /** Puts as many packages into a row as there is place for; a layer may take several rows. */
    private static String rows(List<String> labels) {
        StringBuilder rows = new StringBuilder();
        StringBuilder row = new StringBuilder();
        for (String label : labels) {
            if (!row.isEmpty() && row.length() + label.length() + 7 > WIDTH) {
                rows.append(framed(row)).append('\n');
                row.setLength(0);
            }
            row.append(row.isEmpty() ? "" : "     ").append(label);
        }
        return rows.append(framed(row)).toString();
    }

    private static String framed(CharSequence row) {
        return "│ " + row + " ".repeat(WIDTH - 1 - row.length()) + "│";
    }

    private String label(String group) {
        String inner = groups().get(group).stream()
                .filter(name -> !name.equals(group))
                .map(name -> name.substring(group.length()) + " " + sizes.get(name))
                .collect(joining("  "));
        return group + " " + sizes.getOrDefault(group, 0L) + (inner.isEmpty() ? "" : " ( " + inner + " )");
    }

    private SortedMap<String, Set<String>> groups() {
        SortedMap<String, Set<String>> groups = new TreeMap<>();
        sizes.keySet()
                .forEach(name -> groups.computeIfAbsent(groupOf(name), group -> new TreeSet<>())
                        .add(name));
        return groups;
    }

    private int layerOf(String group) {
        return groups().get(group).stream()
                .flatMap(name -> arrows.get(name).stream())
                .map(PackageDrawing::groupOf)
                .filter(used -> !used.equals(group))
                .mapToInt(used -> layerOf(used) + 1)
                .max()
                .orElse(0);
    }

    private String table() {
        StringBuilder table = new StringBuilder("| package | classes | what is in it | uses |\n|---|---|---|---|\n");
        List<String> highestFirst = new ArrayList<>(groups().keySet());
        Collections.sort(highestFirst, (one, other) -> Integer.compare(layerOf(other), layerOf(one)));
        for (String group : highestFirst) {
            for (String name : groups().get(group)) {
                table.append(row(name));
            }
        }
        return table.toString();
    }

    private String row(String name) {
        String used = arrows.get(name).stream().map(each -> "`" + each + "`").collect(joining(", "));
        return "| `" + name + "` | " + sizes.get(name) + " | " + sentence(name) + " | " + used + " |\n";
    }

    /** Returns the first sentence of the package's comment. */
    private String sentence(String name) {
        Path folder = name.equals("gate") ? sources : sources.resolve(name.replace('.', '/'));
        try {
            Matcher comment = FIRST_SENTENCE.matcher(Files.readString(folder.resolve("package-info.java")));
            return comment.find()
                    ? comment.group(1)
                            .replaceAll("\\n \\*", " ")
                            .replaceAll("\\{@code ([^}]*)}", "`$1`")
                            .replaceAll("\\{@link (?:\\S*[.#])?(\\w+)}", "`$1`")
                            .replace("|", "\\|")
                            .replaceAll("\\s+", " ")
                            .strip()
                    : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String groupOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String nameOf(String packageName) {
        return packageName.equals(ROOT) ? "gate" : packageName.substring(ROOT.length() + 1);
    }
}
