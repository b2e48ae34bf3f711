/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Prints figures on the source code below a folder: sizes of files and methods, comments, links between comments, and the largest
 * package, for the main code and for the tests.
 *
 * <p>Runs without a build, on any checkout:
 *
 * <pre>{@code
 * java benchmarks/src/main/java/io/github/thumbkeeper/benchmarks/HouseFigures.java .
 * }</pre>
 */
public final class HouseFigures {

    private static final List<String> PRODUCT = List.of("core", "cli", "valve", "servlet-filter");
    private static final Pattern LINKS = Pattern.compile("\\{@link(?:plain)? |(?m)^\\s*\\*\\s*@see ");

    /** Comments, and what may look like the beginning of one: text blocks, strings and characters. */
    private static final Pattern TOKENS = Pattern.compile(
            "(?<comment>/\\*.*?\\*/|//[^\\n]*)|\"\"\".*?(?<!\\\\)\"\"\""
                    + "|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*'",
            Pattern.DOTALL);

    private final Path root;
    private final PrintStream out;

    private HouseFigures(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /** Prints the figures of the folder that is the one argument. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected the folder of a checkout");
        }
        HouseFigures house = new HouseFigures(Path.of(arguments[0]), System.out);
        house.print("main code of " + String.join(", ", PRODUCT), house::isProduct);
        house.print("tests, examples and tools", file -> !house.isProduct(file));
    }

    private boolean isProduct(Path file) {
        Path inner = root.relativize(file);
        return PRODUCT.contains(inner.getName(0).toString())
                && inner.startsWith(inner.getName(0).resolve("src/main"));
    }

    private void print(String title, Predicate<Path> wanted) throws IOException {
        Counter counter = Counter.of(sources(wanted));
        out.println("## " + title);
        out.println();
        row("files", counter.fileLines.size());
        row("types, nested ones included", counter.types);
        row("lines", counter.lines);
        out.println("- lines of a file: " + spread(counter.fileLines) + ", " + counter.longestFile);
        row("methods and constructors", counter.methodLines.size());
        out.println("- lines of a method: " + spread(counter.methodLines) + ", " + counter.longestMethod);
        out.printf(
                Locale.ROOT,
                "- comment lines: %d, %.1f %% of all lines, %.1f %% of the lines that are not blank%n",
                counter.commentLines,
                100.0 * counter.commentLines / counter.lines,
                100.0 * counter.commentLines / counter.fullLines);
        row("links in comments, {@link} and @see", counter.links);
        row("packages", counter.packages.size());
        Map.Entry<String, Integer> largest = Collections.max(counter.packages.entrySet(), Map.Entry.comparingByValue());
        out.println("- largest package: " + largest.getKey() + ", " + largest.getValue() + " files");
        out.println();
    }

    private List<Path> sources(Predicate<Path> wanted) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .filter(file -> Stream.of("target", ".git")
                            .noneMatch(name -> root.relativize(file).toString().matches("(.*/)?" + name + "/.*")))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    private void row(String name, long value) {
        out.println("- " + name + ": " + value);
    }

    private static String spread(List<Integer> values) {
        List<Integer> sorted = values.stream().sorted().toList();
        int last = sorted.size() - 1;
        return "median " + sorted.get(last / 2) + ", p90 " + sorted.get(last * 9 / 10) + ", longest "
                + sorted.get(last);
    }

    /** Counts with the parser of the JDK. Used once, by one thread. */
    private static final class Counter extends TreeScanner<Void, CompilationUnitTree> {

        private final List<Integer> fileLines = new ArrayList<>();
        private final List<Integer> methodLines = new ArrayList<>();
        private final Map<String, Integer> packages = new TreeMap<>();
        private int types;
        private int lines;
        private int fullLines;
        private int commentLines;
        private int links;
        private String longestFile = "";
        private String longestMethod = "";

        private final SourcePositions positions;

        private Counter(SourcePositions positions) {
            this.positions = positions;
        }

        static Counter of(List<Path> files) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager manager =
                    compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
                JavacTask task = (JavacTask) compiler.getTask(
                        null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
                Counter counter = new Counter(Trees.instance(task).getSourcePositions());
                task.parse().forEach(counter::count);
                return counter;
            }
        }

        private void count(CompilationUnitTree unit) {
            packages.merge(String.valueOf(unit.getPackageName()), 1, Integer::sum);
            countLines(Path.of(unit.getSourceFile().toUri()));
            scan(unit, unit);
        }

        private void countLines(Path file) {
            String text = read(file);
            List<String> all = text.lines().toList();
            if (all.size() > fileLines.stream().max(Comparator.naturalOrder()).orElse(0)) {
                longestFile = String.valueOf(file.getFileName());
            }
            fileLines.add(all.size());
            lines += all.size();
            fullLines += (int) all.stream().filter(line -> !line.isBlank()).count();
            links += (int) LINKS.matcher(text).results().count();
            TOKENS.matcher(text)
                    .results()
                    .filter(token -> token.group(1) != null)
                    .forEach(comment -> {
                        // A comment after code on the same line is not a line of comment.
                        String before = text.substring(text.lastIndexOf('\n', comment.start()) + 1, comment.start());
                        if (before.isBlank()) {
                            commentLines += (int) comment.group().lines().count();
                        }
                    });
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Void visitClass(ClassTree type, CompilationUnitTree unit) {
            if (!type.getSimpleName().toString().isEmpty()) {
                types++;
            }
            return super.visitClass(type, unit);
        }

        @Override
        public Void visitMethod(MethodTree method, CompilationUnitTree unit) {
            if (method.getBody() != null) {
                LineMap map = unit.getLineMap();
                int length = (int) (map.getLineNumber(positions.getEndPosition(unit, method))
                        - map.getLineNumber(positions.getStartPosition(unit, method))
                        + 1);
                if (length > methodLines.stream().max(Comparator.naturalOrder()).orElse(0)) {
                    longestMethod = Path.of(unit.getSourceFile().toUri()).getFileName() + " " + method.getName();
                }
                methodLines.add(length);
            }
            return super.visitMethod(method, unit);
        }
    }
}
