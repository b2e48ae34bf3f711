/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the certificates and entries of files, for commands that print them. Unlike a gate, it prints what is good if a part is
 * bad.
 *
 * <p>Not thread-safe.
 */
final class StoreContents {

    /** What the user writes for the standard input. */
    static final String STANDARD_INPUT = "-";

    private static final Set<String> ENDINGS = Set.of("pem", "crt", "cer", "der", "p7b", "p7c", "list");

    private final Console console;
    private final StoreOptions options;
    private final List<StoreItem> items = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();

    StoreContents(Console console, StorePassword password) {
        this.console = console;
        this.options = new StoreOptions(password, false);
    }

    /** Returns the password in a file, or no password. */
    static StorePassword password(String option, @Nullable String file) throws StoreException {
        try {
            return file == null
                    ? StorePassword.notSet(
                            option,
                            "name its file with [" + option + "]; an empty file is the empty password, for key stores"
                                    + " without a password too")
                    : StorePassword.readFrom(option, withoutParents(Path.of(file)));
        } catch (InvalidPathException e) {
            // The text may be the password itself.
            throw new StoreException("not shown, it may be the password", "is not a path", null);
        }
    }

    /** Reads a file, a folder or the standard input, and remembers what is wrong with it. */
    @SuppressWarnings("try") // the progress ends with the step
    void read(String source) {
        try (Progress progress = Progress.of(console, "reading " + SafeText.quoted(source))) {
            if (source.equals(STANDARD_INPUT)) {
                readStandardInput();
            } else {
                readPath(source, withoutParents(Path.of(source)), true);
            }
        } catch (InvalidPathException e) {
            problems.add("store " + SafeText.quoted(source) + " is not a path");
        } catch (IOException e) {
            problems.add("the standard input cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    List<StoreItem> items() {
        return items;
    }

    Set<String> warnings() {
        return warnings;
    }

    Set<String> problems() {
        return problems;
    }

    private void readStandardInput() throws IOException {
        Path copy = Files.createTempFile("thumbkeeper", "");
        try {
            try (InputStream in = console.in()) {
                Files.write(copy, in.readAllBytes());
            }
            readPath(STANDARD_INPUT, copy, false);
        } finally {
            Files.delete(copy);
        }
    }

    /**
     * Resolves {@code ..}, which a store must not have: a user at a terminal means the folder above. A symbolic link at the end
     * stays, because its name is the label.
     */
    private static Path withoutParents(Path path) {
        if (!path.toString().contains("..")) {
            return path;
        }
        Path name = path.getFileName();
        Path folder = path.toAbsolutePath().getParent();
        try {
            return name == null || folder == null || name.toString().equals("..")
                    ? path.toRealPath()
                    : folder.toRealPath().resolve(name);
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    private void readPath(String source, Path path, boolean labelled) {
        Map<CertificateDigest, @Nullable X509Certificate> certificates = new HashMap<>();
        try {
            Loaded<EntryTable> entries = locations(path).open(source).load(null);
            warnings.addAll(addCertificates(source, path, certificates) ? Set.of() : entries.warnings());
            entries.failures().forEach(failure -> problems.add(String.valueOf(failure.getMessage())));
            entries.value().forEach(entry -> add(source, entry, labelled, certificates.get(entry.digest())));
        } catch (StoreException e) {
            problems.add(String.valueOf(e.getMessage()));
            if (Files.isDirectory(path)) {
                readFiles(path, each -> add(source, each.entry(), labelled, each.certificate()));
            }
        }
    }

    /**
     * Reads the certificates themselves, with the warnings about their files; those about their entries concern a gate.
     *
     * @return false if there are none: a list has only thumbprints
     */
    private boolean addCertificates(
            String source, Path path, Map<CertificateDigest, @Nullable X509Certificate> certificates) {
        try {
            Loaded<List<NamedCertificate>> loaded =
                    locations(path).certificates(source).load(null);
            for (NamedCertificate each : loaded.value()) {
                certificates.put(Thumbprint.of(each.certificate(), DigestAlgorithm.SHA256), each.certificate());
            }
            warnings.addAll(loaded.warnings());
            return true;
        } catch (StoreException | CertificateEncodingException e) {
            if (Files.isDirectory(path)) {
                readFiles(path, each -> certificates.put(each.digest(), each.certificate()));
            }
            return false;
        }
    }

    private void add(String source, Entry entry, boolean labelled, @Nullable X509Certificate certificate) {
        Entry shown = labelled
                ? entry
                : new Entry(entry.digest(), null, entry.roles(), entry.from(), entry.until(), entry.disabled());
        items.add(new StoreItem(source, shown, certificate));
    }

    /** Reads each file of a folder by itself, because a bad one makes the folder as a whole unreadable. */
    private void readFiles(Path folder, Consumer<StoreItem> items) {
        Set<Path> files = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, StoreContents::mayBeRead)) {
            stream.forEach(files::add);
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
        for (Path file : files) {
            try {
                Loaded<List<NamedCertificate>> loaded =
                        locations(file).certificates(file.toString()).load(null);
                warnings.addAll(loaded.warnings());
                for (NamedCertificate each : loaded.value()) {
                    items.accept(StoreItem.of(file.toString(), each));
                }
            } catch (StoreException | CertificateEncodingException e) {
                // The problem of the folder names it.
            }
        }
    }

    private static boolean mayBeRead(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(file);
    }

    private Locations locations(Path path) {
        return new Locations(new FileResources(path), options, InstantSource.system());
    }
}
