/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.Attribute;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.file.FileStore;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.OpenLdapServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/** A kind of store to be measured. */
enum Source {
    LIST("list of thumbprints", 1_000_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException {
            Path file = digests(directory, entries);
            return Prepared.of(file(file));
        }
    },
    LABELLED_LIST("list with labels", 1_000_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException {
            Path file = digests(directory, entries);
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < entries; i++) {
                lines.set(i, lines.get(i) + " label=client" + i);
            }
            Files.write(file, lines);
            return Prepared.of(file(file));
        }
    },
    PEM_FILE("PEM file", 100_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException {
            Path file = directory.resolve("clients.pem");
            try (OutputStream out = Files.newOutputStream(file)) {
                for (int i = 0; i < entries; i++) {
                    out.write(pem(i));
                }
            }
            return Prepared.of(file(file));
        }
    },
    PEM_DIRECTORY("PEM directory", 100_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException {
            for (int i = 0; i < entries; i++) {
                Files.write(directory.resolve("client" + i + ".pem"), pem(i));
            }
            return Prepared.of(
                    DirectoryStore.ofEntries(directory.toString(), directory, false, InstantSource.system()));
        }
    },
    PKCS12_FILE("PKCS12 file", 100_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException, GeneralSecurityException {
            Path file = directory.resolve("clients.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                keyStore(entries).store(out, PASSWORD.toCharArray());
            }
            return Prepared.of(file(file));
        }
    },
    JNDI_KEY_STORE("key store in JNDI", 100_000) {
        @Override
        Prepared make(Path directory, int entries) throws IOException, GeneralSecurityException {
            return Prepared.of(bound(keyStore(entries)));
        }
    },
    JNDI_LIVE_KEY_STORE("key store in JNDI, of KeyStoreFactory", 100_000) {
        @Override
        Prepared make(Path directory, int entries) throws Exception {
            Path file = directory.resolve("clients.p12");
            try (OutputStream out = Files.newOutputStream(file)) {
                keyStore(entries).store(out, PASSWORD.toCharArray());
            }
            Reference reference = new Reference("java.security.KeyStore", KeyStoreFactory.class.getName(), null);
            reference.add(new StringRefAddr("path", file.toString()));
            reference.add(new StringRefAddr("password", PASSWORD));
            return Prepared.of(bound(new KeyStoreFactory().getObjectInstance(reference, null, null, null)));
        }
    },
    POSTGRESQL("table of PostgreSQL", 1_000_000) {
        @Override
        Prepared make(Path directory, int entries) throws Exception {
            Path list = digests(directory, entries);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .start();
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO thumbkeeper_client (thumbprint) SELECT unnest(?)")) {
                statement.execute(ddl("postgresql.sql"));
                insert.setArray(
                        1,
                        connection.createArrayOf(
                                "text", Files.readAllLines(list).toArray()));
                insert.execute();
                statement.execute("ANALYZE");
            }
            return new Prepared(bound(server.getPostgresDatabase()), server::close);
        }
    },
    H2("table of H2 in memory", 1_000_000) {
        @Override
        Prepared make(Path directory, int entries) throws Exception {
            Path list = digests(directory, entries);
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:clients");
            Connection open = source.getConnection();
            try (Statement statement = open.createStatement()) {
                statement.execute(ddl("h2.sql"));
                statement.execute("INSERT INTO thumbkeeper_client (thumbprint) SELECT * FROM CSVREAD('" + list
                        + "', 'THUMBPRINT')");
            }
            return new Prepared(bound(source), open::close);
        }
    },
    /** Reads all entries again for each page, so that only few pages are of use. */
    LDAP("LDAP directory in memory", 1_000) {
        @Override
        Prepared make(Path directory, int entries) throws Exception {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example");
            config.setSchema(null);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("local", InetAddress.getLoopbackAddress(), 0, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.startListening();
            server.add("dn: dc=example", "objectClass: domain", "dc: example");
            for (int i = 0; i < entries; i++) {
                server.add(
                        "cn=client" + i + ",dc=example",
                        new Attribute("objectClass", "device"),
                        new Attribute("cn", "client" + i),
                        new Attribute("userCertificate;binary", VARIANTS.der(i)));
            }
            String url = "ldap://127.0.0.1:" + server.getListenPort() + "/dc=example";
            return new Prepared(bound(directory(url)), () -> server.shutDown(true));
        }
    },
    /** With {@code ldapChangeAttribute=entryCSN}. */
    OPENLDAP("OpenLDAP directory", 100_000) {
        @Override
        boolean isInstalled() {
            return Files.exists(Path.of(SLAPD));
        }

        @Override
        Prepared make(Path directory, int entries) throws Exception {
            Path ldif = directory.resolve("clients.ldif");
            try (Writer out = Files.newBufferedWriter(ldif)) {
                out.write("dn: " + OpenLdapServer.SUFFIX + "\nobjectClass: domain\ndc: example\n\n");
                for (int i = 0; i < entries; i++) {
                    out.write("dn: cn=client" + i + "," + OpenLdapServer.SUFFIX
                            + "\nobjectClass: device\nobjectClass: pkiUser\ncn: client"
                            + i + "\nuserCertificate;binary:: "
                            + Base64.getEncoder().encodeToString(VARIANTS.der(i)) + "\n\n");
                }
            }
            OpenLdapServer server = new OpenLdapServer(SLAPD, directory);
            server.restartWith(ldif);
            StoreOptions options = new StoreOptions(
                    OPTIONS.keyStore(), OPTIONS.sql(), patient(LdapOptions.DEFAULTS, "entryCSN"), false);
            return new Prepared(bound(directory(server.url(OpenLdapServer.SUFFIX)), options), server::close);
        }
    };

    private static final String SLAPD = "/usr/sbin/slapd";

    /** The server that a store reads from. */
    private interface Server {
        void stop() throws IOException, SQLException;
    }

    /** A store, and the server it needs, if any. */
    record Prepared(Loader<EntryTable> store, Server server) implements AutoCloseable {
        static Prepared of(Loader<EntryTable> store) {
            return new Prepared(store, () -> {});
        }

        @Override
        public void close() throws IOException, SQLException {
            server.stop();
        }
    }

    static final String PASSWORD = "changeit";
    static final StoreOptions OPTIONS = new StoreOptions(
            StorePassword.of("storePassword", PASSWORD),
            false,
            SqlOptions.DEFAULTS.within(Duration.ofMinutes(5)),
            patient(LdapOptions.DEFAULTS, null));

    private static final Variants VARIANTS = new Variants();

    final String title;
    final int most;

    Source(String title, int most) {
        this.title = title;
        this.most = most;
    }

    /** Returns whether the program that it needs is installed. */
    boolean isInstalled() {
        return true;
    }

    /**
     * Creates a store with this many entries.
     *
     * @param directory an empty directory for its files
     */
    abstract Prepared make(Path directory, int entries) throws Exception;

    /** Returns the digest of an entry that every store has. */
    static byte[] listed() {
        return Variants.sha256(VARIANTS.der(0));
    }

    private static LdapOptions patient(LdapOptions options, @Nullable String changeAttribute) {
        return new LdapOptions(
                options.base(),
                options.filter(),
                options.certificateAttribute(),
                options.labelAttribute(),
                options.rolesAttribute(),
                options.pageSize(),
                Duration.ofMinutes(5),
                changeAttribute,
                options.startTls());
    }

    private static Path digests(Path directory, int entries) throws IOException {
        Path file = directory.resolve("clients.txt");
        new RandomDigests(1).write(file, listed(), entries);
        return file;
    }

    private static String ddl(String name) throws IOException {
        try (InputStream in = SqlOptions.class.getResourceAsStream("/io/github/thumbkeeper/sql/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    private static LdapContext directory(String url) throws NamingException {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, url);
        return new InitialLdapContext(environment, null);
    }

    private static Loader<EntryTable> bound(Object object) {
        return bound(object, OPTIONS);
    }

    private static Loader<EntryTable> bound(Object object, StoreOptions options) {
        try {
            return new Locations(new Bound(object), options, InstantSource.system()).open("java:clients");
        } catch (StoreException e) {
            throw new IllegalStateException("a java: name is a location", e);
        }
    }

    /** A naming context with one object. */
    private record Bound(Object object) implements ContainerResources {

        @Override
        public Object lookup(String name) {
            return object;
        }

        @Override
        public Object lookupGlobal(String name) {
            return object;
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }

    private static Loader<EntryTable> file(Path file) {
        return new FileStore(file.toString(), file, OPTIONS.keyStore(), false, InstantSource.system());
    }

    private static KeyStore keyStore(int entries) throws IOException, GeneralSecurityException {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        for (int i = 0; i < entries; i++) {
            keyStore.setCertificateEntry("client" + i, VARIANTS.certificate(i));
        }
        return keyStore;
    }

    private static byte[] pem(int number) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(VARIANTS.der(number));
        return ("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
