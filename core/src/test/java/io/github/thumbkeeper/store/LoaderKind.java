/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.ParsedRoles;
import io.github.thumbkeeper.allowlist.RoleAssignment;
import io.github.thumbkeeper.allowlist.RoleMappingParser;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.RevocationLists;
import io.github.thumbkeeper.rule.ParsedRules;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.rule.RuleParser;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.PasswordFile;
import io.github.thumbkeeper.store.file.TextFile;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of loaders that do not read lists of certificates, one a row. Each item has a name, under which it is put. */
enum LoaderKind {
    RULES(false, true) {
        @Override
        Loader<? extends List<?>> loader(Path file) {
            return new TextFile<List<Rule>>("identities", file, (text, previous, warnings) -> {
                ParsedRules parsed = RuleParser.parseFile(text, new RuleContext(true, false, false));
                if (!parsed.problems().isEmpty()) {
                    throw new StoreException("identities", String.join("; ", parsed.problems()), null);
                }
                return parsed.rules();
            });
        }

        @Override
        byte[] content(Collection<String> names) {
            return text(names.stream().map(name -> "common-name=" + name + "\n"));
        }

        @Override
        String nameOf(Object item) {
            return ((Rule) item).text().substring("common-name=".length());
        }
    },
    ROLES(false, true) {
        @Override
        Loader<? extends List<?>> loader(Path file) {
            return new TextFile<List<RoleAssignment>>("roleMapping", file, (text, previous, warnings) -> {
                ParsedRoles parsed = RoleMappingParser.parseFile(text);
                if (!parsed.problems().isEmpty()) {
                    throw new StoreException("roleMapping", String.join("; ", parsed.problems()), null);
                }
                return parsed.assignments();
            });
        }

        @Override
        byte[] content(Collection<String> names) {
            return text(names.stream().map(name -> name + "=orders\n"));
        }

        @Override
        String nameOf(Object item) {
            return ((RoleAssignment) item).label();
        }
    },
    TRUST_ANCHOR_FILE(false, true) {
        @Override
        Loader<? extends List<?>> loader(Path file) throws StoreException {
            return locations().certificates(file.toString());
        }

        @Override
        byte[] content(Collection<String> names) {
            return text(names.stream().map(name -> certificate(name).pem()));
        }

        @Override
        String nameOf(Object item) {
            return subjectOf(item);
        }
    },
    TRUST_ANCHOR_DIRECTORY(true, true) {
        @Override
        Loader<? extends List<?>> loader(Path directory) throws StoreException {
            return locations().certificates(directory.toString());
        }

        @Override
        byte[] content(Collection<String> names) {
            return text(names.stream().map(name -> certificate(name).pem()));
        }

        @Override
        String nameOf(Object item) {
            return subjectOf(item);
        }
    },
    CRL_FILE(false, false) {
        @Override
        Loader<? extends List<?>> loader(Path file) throws StoreException {
            return revocationLists(file);
        }

        @Override
        byte[] content(Collection<String> names) {
            return new RevocationLists(certificate(names.iterator().next())).der();
        }

        @Override
        String nameOf(Object item) {
            return issuerOf(item);
        }
    },
    CRL_DIRECTORY(true, true) {
        @Override
        Loader<? extends List<?>> loader(Path directory) throws StoreException {
            return revocationLists(directory);
        }

        @Override
        byte[] content(Collection<String> names) {
            return new RevocationLists(certificate(names.iterator().next())).der();
        }

        @Override
        String nameOf(Object item) {
            return issuerOf(item);
        }
    },
    PASSWORD_FILE(false, false) {
        @Override
        Loader<? extends List<?>> loader(Path file) {
            return new ListOfOne<>(new PasswordFile("storePasswordFile", file));
        }

        @Override
        byte[] content(Collection<String> names) {
            return text(names.stream().map(name -> name + "\n"));
        }

        @Override
        String nameOf(Object item) {
            return (String) item;
        }
    };

    private static final Map<String, TestCertificate> CERTIFICATES = new ConcurrentHashMap<>();

    private final boolean directory;
    private final boolean severalItems;

    LoaderKind(boolean directory, boolean severalItems) {
        this.directory = directory;
        this.severalItems = severalItems;
    }

    static Stream<LoaderKind> thatHaveSeveralItems() {
        return Arrays.stream(values()).filter(LoaderKind::hasSeveralItems);
    }

    boolean isDirectory() {
        return directory;
    }

    boolean hasSeveralItems() {
        return severalItems;
    }

    /** Returns the loader of a file or directory. */
    abstract Loader<? extends List<?>> loader(Path path) throws StoreException;

    /** Returns the content of a file with these items; of a directory, each item has a file of its own. */
    abstract byte[] content(Collection<String> names);

    /** Returns the name under which an item that was read was put. */
    abstract String nameOf(Object item);

    void write(Path path, Set<String> names) throws IOException {
        if (!directory) {
            Files.write(path, content(names));
            return;
        }
        Files.createDirectories(path);
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        for (String name : names) {
            Files.write(fileOf(path, name), content(List.of(name)));
        }
    }

    /** Returns the file that an item is in. */
    Path fileOf(Path path, String name) {
        return directory ? path.resolve(name + ".pem") : path;
    }

    Set<String> names(List<?> items) {
        return items.stream().map(this::nameOf).collect(Collectors.toSet());
    }

    private static Locations locations() {
        return new Locations(new FakeResources(), new StoreOptions(Naming.NO_PASSWORD, false), InstantSource.system());
    }

    private static Loader<List<X509CRL>> revocationLists(Path path) throws StoreException {
        CrlFilter<X509CRL> all = new CrlFilter<>() {
            @Override
            public X509CRL of(X509CRL list) {
                return list;
            }

            @Override
            public String objection(X509CRL list) {
                return null;
            }
        };
        return locations()
                .<CrlFilter<X509CRL>, X509CRL>revocationLists(path.toString())
                .apply(all);
    }

    private static TestCertificate certificate(String name) {
        return CERTIFICATES.computeIfAbsent(
                name, each -> TestCertificate.named("CN=" + each).ca().build());
    }

    private static String subjectOf(Object item) {
        return commonName(((NamedCertificate) item)
                .certificate()
                .getSubjectX500Principal()
                .getName());
    }

    private static String issuerOf(Object item) {
        return commonName(((X509CRL) item).getIssuerX500Principal().getName());
    }

    private static String commonName(String name) {
        return name.substring("CN=".length());
    }

    private static byte[] text(Stream<String> parts) {
        return parts.collect(Collectors.joining()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Reads one value as a list, for the reloader of the test. */
    private record ListOfOne<V>(Loader<V> one) implements Loader<List<V>> {
        @Override
        public String location() {
            return one.location();
        }

        @Override
        @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the state is what this method puts there
        public Loaded<List<V>> load(Loaded<List<V>> previous) throws StoreException {
            Loaded<V> before = previous == null ? null : (Loaded<V>) previous.state();
            Loaded<V> now = one.load(before);
            return now == before ? previous : new Loaded<>(List.of(now.value()), now.warnings(), now.failures(), now);
        }
    }
}
