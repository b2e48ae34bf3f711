/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Properties that Tomcat replaces in its files as {@code ${…}}: those of {@code conf/catalina.properties}, and those that this
 * tool is started with ({@code -D}). An unknown one stays as it is, and the gate's settings refuse it.
 *
 * <p>Immutable and thread-safe.
 */
final class TomcatProperties implements UnaryOperator<String> {

    private static final Pattern FORM = Pattern.compile("\\$\\{([^}:]+)(?::-([^}]*))?\\}");

    private final Properties file;

    private TomcatProperties(Properties file) {
        this.file = file;
    }

    /** Reads the properties of a base folder; a file that is missing or unreadable has none. */
    static TomcatProperties of(Path base) {
        Properties properties = new Properties();
        Path file = base.resolve("conf").resolve("catalina.properties");
        if (Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            } catch (IOException | IllegalArgumentException e) {
                properties.clear();
            }
        }
        properties.setProperty("catalina.base", base.toString());
        properties.putIfAbsent("catalina.home", base.toString());
        return new TomcatProperties(properties);
    }

    @Override
    public String apply(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(value(found.group(1), found.group(2), found.group())));
    }

    private String value(String name, @Nullable String otherwise, String unknown) {
        String given = file.getProperty(name, System.getProperty(name));
        if (given != null) {
            return given;
        }
        return otherwise == null ? unknown : otherwise;
    }
}
