/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.InetAddress;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.naming.Context;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** An LDAP directory on 127.0.0.1 with a reader's account; a test can observe its operations. */
public final class TestDirectory implements AutoCloseable {

    public static final String BASE = "dc=example,dc=org";
    public static final String CLIENTS = "ou=clients," + BASE;
    public static final String READER = "cn=reader," + BASE;
    public static final String PASSWORD = "correct horse";

    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();

    /** Runs at a step of an operation. */
    @FunctionalInterface
    public interface Hook<T> {
        void at(T step) throws LDAPException;
    }

    public final List<String> binds = new CopyOnWriteArrayList<>();
    public final List<String> filters = new CopyOnWriteArrayList<>();
    public volatile Hook<InMemoryInterceptedSimpleBindRequest> onBind = request -> {};
    public volatile Hook<InMemoryInterceptedSearchRequest> onSearch = request -> {};
    public volatile Hook<InMemoryInterceptedSearchEntry> onEntry = entry -> {};
    public volatile Hook<InMemoryInterceptedSearchResult> onResult = result -> {};

    private final InMemoryDirectoryServer server;

    private TestDirectory(InMemoryListenerConfig listener, int sizeLimit) throws Exception {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
        config.setListenerConfigs(listener);
        config.setSchema(null);
        config.setMaxSizeLimit(sizeLimit);
        config.addAdditionalBindCredentials(READER, PASSWORD);
        config.addInMemoryOperationInterceptor(new Interceptor());
        server = new InMemoryDirectoryServer(config);
        server.add(new Entry(BASE, new Attribute("objectClass", "domain"), new Attribute("dc", "example")));
        server.add(
                new Entry(CLIENTS, new Attribute("objectClass", "organizationalUnit"), new Attribute("ou", "clients")));
        server.startListening();
    }

    public static TestDirectory start() throws Exception {
        return start(0);
    }

    public static TestDirectory start(int sizeLimit) throws Exception {
        return new TestDirectory(InMemoryListenerConfig.createLDAPConfig("plain", LOCAL, 0, null), sizeLimit);
    }

    public static TestDirectory startTls(SSLServerSocketFactory sockets) throws Exception {
        return new TestDirectory(InMemoryListenerConfig.createLDAPSConfig("tls", LOCAL, 0, sockets, null), 0);
    }

    public static TestDirectory withStartTls(SSLSocketFactory sockets) throws Exception {
        return new TestDirectory(InMemoryListenerConfig.createLDAPConfig("plain", LOCAL, 0, sockets), 0);
    }

    public int port() {
        return server.getListenPort();
    }

    public String url() {
        return "ldap://127.0.0.1:" + port() + "/" + CLIENTS;
    }

    public InMemoryDirectoryServer server() {
        return server;
    }

    /** Returns how many connections are open. */
    public long connections() {
        return readers().size();
    }

    /** Returns the threads of the server that read its connections, one each; it ends with the connection. */
    public List<Thread> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("LDAPListener client connection reader"))
                .filter(thread -> thread.getName().endsWith(":" + port()))
                .toList();
    }

    /** Adds a person whose certificate is kept as most servers do, under {@code userCertificate;binary}. */
    public void add(String name, TestCertificate... certificates) throws LDAPException {
        add(name, certificates("userCertificate;binary", certificates));
    }

    /** Returns an attribute with certificates. */
    public static Attribute certificates(String attribute, TestCertificate... certificates) {
        return new Attribute(
                attribute, Stream.of(certificates).map(TestCertificate::der).toArray(byte[][]::new));
    }

    public void add(String name, Attribute... attributes) throws LDAPException {
        Entry entry = new Entry(new DN(new RDN("cn", name), new DN(CLIENTS)));
        entry.addAttribute("objectClass", "person");
        entry.addAttribute("cn", name);
        Stream.of(attributes).forEach(entry::addAttribute);
        server.add(entry);
    }

    /** Adds a referral to another part of the directory. */
    public void addReferral(String name, String url) throws LDAPException {
        server.add(new Entry(
                new DN(new RDN("ou", name), new DN(CLIENTS)),
                new Attribute("objectClass", "referral", "extensibleObject"),
                new Attribute("ou", name),
                new Attribute("ref", url)));
    }

    /** The environment of a context of the reader. */
    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    public Hashtable<String, Object> environment() {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, url());
        environment.put(Context.SECURITY_PRINCIPAL, READER);
        environment.put(Context.SECURITY_CREDENTIALS, PASSWORD);
        return environment;
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    private final class Interceptor extends InMemoryOperationInterceptor {
        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) throws LDAPException {
            binds.add(request.getRequest().getBindDN());
            onBind.at(request);
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest request) throws LDAPException {
            filters.add(request.getRequest().getFilter().toString());
            onSearch.at(request);
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry entry) {
            run(onEntry, entry);
        }

        @Override
        public void processSearchResult(InMemoryInterceptedSearchResult result) {
            run(onResult, result);
        }

        private static <T> void run(Hook<T> hook, T step) {
            try {
                hook.at(step);
            } catch (LDAPException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
