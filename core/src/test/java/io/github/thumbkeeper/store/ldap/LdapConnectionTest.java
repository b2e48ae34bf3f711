/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.fakes.TestTls;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import javax.naming.ldap.InitialLdapContext;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the connection follows the bound context, or fails. */
@Slow
@Timeout(60)
@SuppressWarnings({"BanJNDI", "JdkObsolete"}) // the directory is the test's own, and JNDI takes nothing but a Hashtable
class LdapConnectionTest {

    private static final String STORE = "java:comp/env/ldap/clients";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String SOCKETS = "java.naming.ldap.factory.socket";

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** The contexts that administrators bind. */
    enum Bound {
        INITIAL_DIR_CONTEXT {
            @Override
            DirContext open(Hashtable<String, Object> environment) throws NamingException {
                return new InitialDirContext(environment);
            }
        },
        INITIAL_LDAP_CONTEXT {
            @Override
            DirContext open(Hashtable<String, Object> environment) throws NamingException {
                return new InitialLdapContext(environment, null);
            }
        },
        /** A context from a look-up in another one: its environment does not contain its host and name. */
        CONTEXT_OF_THE_PROVIDER {
            @Override
            DirContext open(Hashtable<String, Object> environment) throws NamingException {
                String url = String.valueOf(environment.get(Context.PROVIDER_URL));
                environment.put(Context.PROVIDER_URL, url.substring(0, url.lastIndexOf('/')));
                DirContext root = new InitialDirContext(environment);
                try {
                    return (DirContext) root.lookup(TestDirectory.CLIENTS);
                } finally {
                    root.close();
                }
            }
        },
        /** A context whose factory opens no connection. */
        NOT_YET_CONNECTED {
            @Override
            DirContext open(Hashtable<String, Object> environment) throws NamingException {
                return new Unconnected(environment);
            }
        };

        abstract DirContext open(Hashtable<String, Object> environment) throws NamingException;
    }

    private static final class Unconnected extends InitialDirContext {
        private final Hashtable<String, Object> environment;

        Unconnected(Hashtable<String, Object> environment) throws NamingException {
            super(true);
            this.environment = environment;
        }

        @Override
        public Hashtable<?, ?> getEnvironment() {
            return environment;
        }
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatTheContextLeadsTo(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());

        assertThat(load(bound)).isEqualTo(1);
        assertThat(directory.binds).containsOnly(TestDirectory.READER);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("after the directory was down the next load succeeds by itself (rows 68, 97)")
    void recoversWhenTheServerIsBack(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());
        assertThat(load(bound)).isEqualTo(1);

        directory.server().shutDown(true);
        assertThat(refused(bound, LdapOptions.DEFAULTS))
                .hasMessageContaining("CommunicationException (127.0.0.1:")
                .hasMessageContaining("ConnectException");
        directory.server().startListening();

        assertThat(load(bound)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("500 loads, good and bad, leave no connection and no thread, and the bound context works")
    void leavesNothingOpen(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());
        int own = kind == Bound.NOT_YET_CONNECTED ? 0 : 1;
        awaitConnections(directory, own);
        int threads = Thread.activeCount();
        long most = 0;

        for (int i = 0; i < 125; i++) {
            assertThat(load(bound)).isEqualTo(1);
            refused(bound, with("ou=nowhere", false));
            directory.onBind = request -> {
                throw new LDAPException(ResultCode.INVALID_CREDENTIALS, "no");
            };
            refused(bound, LdapOptions.DEFAULTS);
            directory.onBind = request -> {};
            refused(bound, with("", true));
            most = Math.max(most, directory.connections());
        }

        // The finalizer of JNDI would close them too, but later.
        assertThat(most).isLessThan(own + 25);
        awaitConnections(directory, own);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
        if (own == 1) {
            assertThat(bound.getNameInNamespace()).isEqualTo(TestDirectory.CLIENTS);
            assertThat(bound.getAttributes("cn=alice").get("cn").get()).isEqualTo("alice");
        }
    }

    @Test
    @DisplayName("no connection is left in JNDI's pool, where it would keep its old time limits")
    void usesNoPool() throws Exception {
        TestDirectory directory = directory();
        Hashtable<String, Object> environment = directory.environment();
        environment.put("com.sun.jndi.ldap.connect.pool", "true");

        assertThat(load(new Unconnected(environment))).isEqualTo(1);
        awaitConnections(directory, 0);
    }

    @ParameterizedTest
    @EnumSource
    void closesItsOwnConnection(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());
        int own = kind == Bound.NOT_YET_CONNECTED ? 0 : 1;
        awaitConnections(directory, own);
        LdapConnection connection =
                LdapConnection.open(bound, new LdapEnvironment(bound.getEnvironment(), LdapOptions.DEFAULTS));

        connection.close();

        try {
            awaitConnections(directory, own);
        } finally {
            Reference.reachabilityFence(connection);
        }
    }

    @Test
    @DisplayName("a password in the URL is not shown")
    void neverShowsThePasswordOfAUrl() throws Exception {
        Hashtable<String, Object> environment = directory().environment();
        environment.put(Context.PROVIDER_URL, "ldap://reader:s3cret@127.0.0.1:x/dc=example");

        assertThat(refused(new Unconnected(environment), LdapOptions.DEFAULTS))
                .hasMessageContaining("not shown")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the application can use the bound context meanwhile")
    void sharesTheContextWithTheApplication(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> loads = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                loads.add(() -> load(bound));
            }
            for (Future<Integer> each : threads.invokeAll(loads)) {
                assertThat(each.get()).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_YET_CONNECTED")
    void refusesClosedContext(Bound kind) throws Exception {
        DirContext bound = bind(kind, directory().environment());
        bound.close();

        refused(bound, LdapOptions.DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    @DisplayName("an empty password, which would be an anonymous bind, is refused (row 94)")
    void refusesEmptyPassword(String password) throws Exception {
        TestDirectory directory = directory();
        for (Object value :
                new Object[] {password, password.toCharArray(), password.getBytes(StandardCharsets.UTF_8)}) {
            assertAnonymousRefused(directory, Context.SECURITY_CREDENTIALS, value);
        }
    }

    @Test
    @DisplayName("a missing password or principal, which would be an anonymous bind, is refused (row 94)")
    void refusesMissingPasswordAndMissingPrincipal() throws Exception {
        TestDirectory directory = directory();
        assertAnonymousRefused(directory, Context.SECURITY_CREDENTIALS, null);
        assertAnonymousRefused(directory, Context.SECURITY_PRINCIPAL, null);
        assertAnonymousRefused(directory, Context.SECURITY_PRINCIPAL, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "NONE", "anonymous"})
    @DisplayName("credentials with an anonymous mechanism are refused (row 94)")
    void refusesUnusedCredentials(String mechanism) throws Exception {
        assertAnonymousRefused(directory(), Context.SECURITY_AUTHENTICATION, mechanism);
    }

    @Test
    @DisplayName("without any credentials the bind is anonymous, on purpose")
    void readsAnonymouslyWithoutCredentials() throws Exception {
        TestDirectory directory = directory();
        Hashtable<String, Object> environment = directory.environment();
        environment.remove(Context.SECURITY_PRINCIPAL);
        environment.remove(Context.SECURITY_CREDENTIALS);

        assertThat(load(new Unconnected(environment))).isEqualTo(1);
        assertThat(directory.binds).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a refused password is not shown, even if the server repeats it")
    void neverShowsThePassword(Bound kind) throws Exception {
        TestDirectory directory = directory();
        DirContext bound = bind(kind, directory.environment());
        directory.onBind = request -> {
            throw new LDAPException(
                    ResultCode.INVALID_CREDENTIALS,
                    "no: " + request.getRequest().getPassword().stringValue());
        };

        assertThat(refused(bound, LdapOptions.DEFAULTS))
                .hasMessageContaining("javax.naming.AuthenticationException (not shown, it contains a password)")
                .hasMessageNotContaining(TestDirectory.PASSWORD);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the password is not sent to the server that a referral of the bind names (row 90)")
    void neverFollowsReferralOfBind(Bound kind) throws Exception {
        TestDirectory other = directory();
        TestDirectory directory = directory();
        Hashtable<String, Object> environment = directory.environment();
        environment.put(Context.REFERRAL, "follow");
        DirContext bound = bind(kind, environment);
        directory.onBind = request -> {
            throw new LDAPException(ResultCode.REFERRAL, "there", null, new String[] {other.url()});
        };

        assertThat(refused(bound, LdapOptions.DEFAULTS)).hasMessageContaining("referrals are not followed");
        assertThat(other.binds).isEmpty();
        assertThat(other.connections()).isZero();
    }

    @Test
    @DisplayName("ldaps: of another host, or of an authority that is not trusted, is not read (row 96)")
    void refusesCertificateOfAnotherHost() throws Exception {
        TestDirectory wrong =
                track(TestDirectory.startTls(TestTls.server("127.0.0.2").getServerSocketFactory()));
        TestDirectory right =
                track(TestDirectory.startTls(TestTls.server("127.0.0.1").getServerSocketFactory()));

        assertThat(refused(lazy(wrong, true), LdapOptions.DEFAULTS))
                .hasMessageContaining("SSLHandshakeException")
                .hasMessageContaining("No subject alternative names matching IP address 127.0.0.1");
        assertThat(refused(lazy(right, false), LdapOptions.DEFAULTS)).hasMessageContaining("SSLHandshakeException");
        assertThat(load(lazy(right, true))).isZero();

        assertThat(wrong.binds).isEmpty();
        assertThat(right.binds).hasSize(1);
    }

    @Test
    @DisplayName("a server without TLS is not asked in plain text (row 96)")
    void refusesPlainServerWithLdaps() throws Exception {
        TestDirectory plain = directory();

        refused(lazy(plain, true), LdapOptions.DEFAULTS);
        assertThat(plain.binds).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("StartTLS comes before the password, on the same connection (row 95)")
    void securesConnectionByStartTls(Bound kind) throws Exception {
        TestDirectory directory =
                track(TestDirectory.withStartTls(TestTls.server("127.0.0.1").getSocketFactory()));
        directory.add("alice", ALICE);
        DirContext bound = bind(kind, directory.environment());
        directory.binds.clear();

        assertThat(trusting(() -> load(bound, with("", true)))).isEqualTo(1);
        assertThat(directory.binds).containsExactly(TestDirectory.READER);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "StartTLS that is refused, or shows the certificate of another host, never ends in plain text (row 95)")
    void refusesFailedStartTls(Bound kind) throws Exception {
        TestDirectory without = directory();
        TestDirectory wrong =
                track(TestDirectory.withStartTls(TestTls.server("127.0.0.2").getSocketFactory()));
        TestDirectory right =
                track(TestDirectory.withStartTls(TestTls.server("127.0.0.1").getSocketFactory()));
        for (TestDirectory each : List.of(without, wrong, right)) {
            DirContext bound = bind(kind, each.environment());
            each.binds.clear();
            each.filters.clear();

            StoreException refused =
                    each == right ? refused(bound, with("", true)) : trusting(() -> refused(bound, with("", true)));
            assertThat(refused).hasMessageContaining("cannot be read completely");
            assertThat(each.binds).isEmpty();
            assertThat(each.filters).isEmpty();
        }
    }

    @Test
    @DisplayName("a server that accepts StartTLS and then hangs does not block the load")
    void refusesSilentStartTls() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Hashtable<String, Object> environment = new Hashtable<>();
            environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
            environment.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + server.getLocalPort());
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> peer = thread.submit(() -> agreeToStartTls(server));
                LdapOptions options = new LdapOptions(
                        "", "(cn=*)", "userCertificate", "cn", null, 0, Duration.ofMillis(500), null, true);

                assertThat(refused(new Unconnected(environment), options)).hasMessageContaining("StartTLS failed");
                assertThat(peer.get()).isTrue();
            } finally {
                thread.shutdown();
            }
        }
    }

    @Test
    @DisplayName("a connection cut after StartTLS is not opened again in plain text (row 95)")
    void neverRepeatsCutStartTlsInPlainText() throws Exception {
        SSLContext tls = TestTls.server("127.0.0.1");
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            Future<String> later = thread.submit(() -> {
                shakeHandsAndHangUp(server, tls);
                return whatComesNext(server);
            });
            Hashtable<String, Object> environment = new Hashtable<>();
            environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
            environment.put(Context.PROVIDER_URL, "ldap://127.0.0.1:" + server.getLocalPort());
            environment.put(Context.SECURITY_PRINCIPAL, TestDirectory.READER);
            environment.put(Context.SECURITY_CREDENTIALS, TestDirectory.PASSWORD);

            trusting(() -> refused(new Unconnected(environment), with("", true)));

            new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()).close();
            assertThat(later.get()).doesNotContain(TestDirectory.PASSWORD, TestDirectory.READER);
        } finally {
            thread.shutdown();
        }
    }

    @Test
    @DisplayName("a server that accepts and never answers does not block the load")
    void refusesSilentServer() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String scheme : List.of("ldap", "ldaps")) {
                Hashtable<String, Object> environment = new Hashtable<>();
                environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
                environment.put(Context.PROVIDER_URL, scheme + "://127.0.0.1:" + server.getLocalPort());
                LdapOptions options = new LdapOptions(
                        "", "(cn=*)", "userCertificate", "cn", null, 0, Duration.ofMillis(300), null, false);

                refused(new Unconnected(environment), options);
            }
        }
    }

    @Test
    void refusesOtherContexts() throws Exception {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(Context.PROVIDER_URL, "dns://127.0.0.1");

        assertThat(refused(new Unconnected(environment), LdapOptions.DEFAULTS))
                .hasMessageContaining("not an LDAP context");
        DirContext dns = (DirContext) javax.naming.spi.NamingManager.getInitialContext(environment);
        StoreException refused = refused(dns, LdapOptions.DEFAULTS);
        assertThat(refused).hasMessageContaining("expected javax.naming.ldap.LdapContext or");
        assertThat(refused.isMisconfigured()).isTrue();
    }

    @Test
    @DisplayName("a list that an attacker on the network could change gets a warning")
    void warnsOfConnectionsWithoutTls() throws Exception {
        assertThat(unprotected("ldap://127.0.0.1:389/dc=x ldap://localhost ldaps://ldap.example.org", false))
                .isFalse();
        assertThat(unprotected("LDAPS://ldap.example.org/dc=x", false)).isFalse();
        assertThat(unprotected("ldap://[::1]:389", false)).isFalse();
        assertThat(unprotected("ldap://ldap.example.org", true)).isFalse();
        assertThat(unprotected("ldap://ldap.example.org", false)).isTrue();
        assertThat(unprotected("ldaps://a.example.org ldap://b.example.org", false))
                .isTrue();
        assertThat(unprotected("ldap://127.0.0.1.example.org", false)).isTrue();
        assertThat(unprotected("ldap://localhost@example.org", false)).isTrue();
        assertThat(unprotected("ldap:///dc=example,dc=org", false)).isTrue();
    }

    private static boolean unprotected(String url, boolean startTls) {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.PROVIDER_URL, url);
        return new LdapEnvironment(environment, with("", startTls)).isUnprotected();
    }

    private static boolean agreeToStartTls(ServerSocket server) throws Exception {
        try (Socket socket = server.accept()) {
            agree(socket);
            while (socket.getInputStream().read() >= 0) {
                // What follows is the beginning of a handshake that gets no answer.
            }
            return true;
        }
    }

    /** Reads the request and answers: extended response, success. */
    private static void agree(Socket socket) throws IOException {
        int read = socket.getInputStream().read(new byte[1024]);
        assertThat(read).isPositive();
        socket.getOutputStream().write(new byte[] {0x30, 12, 2, 1, 1, 0x78, 7, 10, 1, 0, 4, 0, 4, 0});
    }

    private static void shakeHandsAndHangUp(ServerSocket server, SSLContext tls) throws Exception {
        try (Socket socket = server.accept()) {
            agree(socket);
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
            secure.startHandshake();
            secure.close();
        }
    }

    private static String whatComesNext(ServerSocket server) throws Exception {
        try (Socket socket = server.accept()) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private void assertAnonymousRefused(TestDirectory directory, String property, Object value) throws Exception {
        Hashtable<String, Object> environment = directory.environment();
        if (value == null) {
            environment.remove(property);
        } else {
            environment.put(property, value);
        }
        StoreException refused = refused(new Unconnected(environment), LdapOptions.DEFAULTS);

        assertThat(refused).hasMessageContaining("would be read anonymously").hasMessageNotContaining("horse");
        assertThat(refused.isMisconfigured()).isTrue();
        assertThat(directory.binds).isEmpty();
        assertThat(directory.filters).isEmpty();
    }

    private static <T> T trusting(Callable<T> work) throws Exception {
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(TestTls.client());
        try {
            return work.call();
        } finally {
            SSLContext.setDefault(before);
        }
    }

    /** A context for ldaps:, which is not open before it is used. */
    private static DirContext lazy(TestDirectory directory, boolean trusting) throws NamingException {
        Hashtable<String, Object> environment = directory.environment();
        environment.put(Context.PROVIDER_URL, directory.url().replace("ldap:", "ldaps:"));
        if (trusting) {
            environment.put(SOCKETS, TestTls.Sockets.class.getName());
        }
        return new Unconnected(environment);
    }

    private TestDirectory directory() throws Exception {
        TestDirectory directory = track(TestDirectory.start());
        directory.add("alice", ALICE);
        return directory;
    }

    private <T extends AutoCloseable> T track(T closeable) {
        opened.add(closeable);
        return closeable;
    }

    private DirContext bind(Bound kind, Hashtable<String, Object> environment) throws NamingException {
        DirContext context = kind.open(environment);
        track(context::close);
        return context;
    }

    private static LdapOptions with(String base, boolean startTls) {
        LdapOptions options = LdapOptions.DEFAULTS;
        return new LdapOptions(
                base,
                options.filter(),
                options.certificateAttribute(),
                options.labelAttribute(),
                null,
                options.pageSize(),
                options.timeout(),
                null,
                startTls);
    }

    private static int load(DirContext bound) throws StoreException {
        return load(bound, LdapOptions.DEFAULTS);
    }

    private static int load(DirContext bound, LdapOptions options) throws StoreException {
        return new LdapDirectory(STORE, options, false, InstantSource.system())
                .read(bound, null)
                .value()
                .size();
    }

    private static StoreException refused(DirContext bound, LdapOptions options) {
        StoreException refused = catchThrowableOfType(StoreException.class, () -> load(bound, options));
        StringWriter trace = new StringWriter();
        refused.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain(TestDirectory.PASSWORD, "s3cret");
        assertThat(refused).hasMessageStartingWith("store [" + STORE + "] ");
        return refused;
    }

    private static void awaitConnections(TestDirectory directory, int expected) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (directory.connections() != expected && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
        assertThat(directory.connections()).isEqualTo(expected);
    }
}
