/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.tomcat;

import io.github.thumbkeeper.message.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads XML files, in folders and in WAR files, and collects what cannot be read. Not thread-safe. */
final class SiteFiles {

    private final UnaryOperator<String> properties;
    private final List<String> problems = new ArrayList<>();

    SiteFiles(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    List<String> problems() {
        return problems;
    }

    /** Returns the root of a file; nothing if it does not exist or is unreadable. */
    Optional<XmlElement> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(XmlElement.read(in, properties));
        } catch (IOException e) {
            return unreadable(file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (XmlElement.UnreadableException e) {
            return unreadable(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    /** Returns the root of a file of an application, which is a folder or a WAR file. */
    Optional<XmlElement> read(Path application, String name) {
        if (Files.isDirectory(application)) {
            return read(application.resolve(name));
        }
        try (ZipFile war = new ZipFile(application.toFile())) {
            ZipEntry entry = war.getEntry(name);
            if (entry == null) {
                return Optional.empty();
            }
            try (InputStream in = war.getInputStream(entry)) {
                return Optional.of(XmlElement.read(in, properties));
            }
        } catch (IOException e) {
            return unreadable(application.toString(), "is not a WAR file that can be read");
        } catch (XmlElement.UnreadableException e) {
            return unreadable(application + "!/" + name, String.valueOf(e.getMessage()));
        }
    }

    /** Returns what is in a folder, sorted by name; nothing if it is not a folder. */
    static List<Path> in(Path folder) {
        TreeSet<Path> found = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                return List.of();
            }
        }
        return List.copyOf(found);
    }

    private Optional<XmlElement> unreadable(String file, String why) {
        problems.add("file " + SafeText.quoted(file) + " " + why);
        return Optional.empty();
    }
}
