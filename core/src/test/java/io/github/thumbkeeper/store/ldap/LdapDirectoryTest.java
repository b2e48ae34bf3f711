/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static io.github.thumbkeeper.fakes.TestDirectory.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ReadOnlySearchRequest;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.store.Duplicates;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.TimeLimitExceededException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which entries of a directory count, and that a part of them never does. */
@Timeout(60)
class LdapDirectoryTest {

    private static final String STORE = "java:comp/env/ldap/clients";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();

    private final List<DirContext> bound = new ArrayList<>();
    private TestDirectory directory;
    private Options options = new Options();

    @BeforeEach
    void start() throws Exception {
        directory = TestDirectory.start();
    }

    @AfterEach
    void stop() throws Exception {
        for (DirContext context : bound) {
            context.close();
        }
        directory.close();
    }

    @Test
    void listsCertificatesWithLabelAndRoles() throws Exception {
        directory.add(
                "alice",
                certificates("userCertificate;binary", ALICE),
                new Attribute("uid", "al"),
                new Attribute("employeeType", "orders", "admin"));
        directory.add("bob", BOB);
        options.label = "uid";
        options.roles = "employeeType";

        assertThat(load()).hasSize(2);
        Entry alice = entry(ALICE);
        assertThat(alice.label()).isEqualTo("al");
        assertThat(alice.roles()).containsExactlyInAnyOrder("orders", "admin");
        assertThat(entry(BOB).label()).isNull();
        assertThat(entry(BOB).roles()).isEmpty();
    }

    @ParameterizedTest(name = "stored as {0}, asked for as {1}")
    @DisplayName("userCertificate with and without ;binary, regardless of the environment of the context (row 93)")
    @CsvSource({
        "userCertificate;binary, userCertificate;binary",
        "userCertificate;binary, userCertificate",
        "userCertificate, userCertificate;binary",
        "userCertificate, userCertificate",
        "usercertificate, USERCERTIFICATE;BINARY",
        "clientCert, clientCert"
    })
    void findsCertificatesUnderEitherName(String stored, String asked) throws Exception {
        directory.add("alice", certificates(stored, ALICE));
        options.certificate = asked;
        options.filter = LdapOptions.filterFor(asked);

        assertThat(labels()).containsExactly("alice");
    }

    @Test
    @DisplayName("each value of an attribute is an entry of the list (row 93)")
    void listsEachOfSeveralValues() throws Exception {
        directory.add("alice", ALICE, BOB);

        assertThat(load()).hasSize(2).allMatch(entry -> "alice".equals(entry.label()));
    }

    @ParameterizedTest(name = "{0} bytes of a certificate")
    @DisplayName("one malformed value fails the whole load and names the entry (row 93)")
    @ValueSource(ints = {0, 1, 100})
    void refusesMalformedValue(int bytes) throws Exception {
        directory.add("alice", ALICE);
        byte[] cut = Arrays.copyOf(BOB.der(), bytes);
        directory.add("bob", new Attribute("userCertificate;binary", CAROL.der(), cut));

        assertRefused().hasMessageContaining("entry [cn=bob,ou=clients,dc=example,dc=org]: [certificate] ");
    }

    @Test
    @DisplayName("a certificate followed by other bytes is refused (row 93)")
    void refusesTrailingBytes() throws Exception {
        byte[] longer = Arrays.copyOf(BOB.der(), BOB.der().length + 1);
        directory.add("bob", new Attribute("userCertificate;binary", longer));

        assertRefused().hasMessageContaining("has 1 byte after the certificate");
    }

    @Test
    @DisplayName("a part of the values, as Active Directory returns long attributes, is refused (row 92)")
    void refusesPartOfTheValues() throws Exception {
        directory.add("alice", ALICE);
        directory.onEntry = entry -> entry.setSearchEntry(new com.unboundid.ldap.sdk.Entry(
                entry.getSearchEntry().getDN(), certificates("userCertificate;range=0-1499", ALICE)));

        assertRefused().hasMessageContaining("came as [userCertificate;range=0-1499], which may be a part");
    }

    @Test
    void refusesBinaryName() throws Exception {
        directory.add("bob", certificates("jpegPhoto", BOB));
        options.certificate = "jpegPhoto";
        options.label = "jpegPhoto";
        options.filter = "(cn=*)";

        assertRefused().hasMessageContaining("entry [cn=bob,").hasMessageContaining("expected an attribute of text");
    }

    @Test
    void refusesOwnerWithTwoNames() throws Exception {
        directory.add("alice", certificates("userCertificate;binary", ALICE), new Attribute("uid", "a", "b"));
        options.label = "uid";

        assertRefused()
                .hasMessageContaining("entry [cn=alice,ou=clients,dc=example,dc=org]: has 2 values of [uid]; expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cn=orders,ou=groups", "*", "two words", ""})
    void refusesBadRole(String role) throws Exception {
        directory.add("alice", certificates("userCertificate;binary", ALICE), new Attribute("memberOf", role));
        options.roles = "memberOf";

        assertRefused().hasMessageContaining("entry [cn=alice,");
    }

    @Test
    void refusesOneCertificateOfTwoOwners() throws Exception {
        directory.add("alice", ALICE);
        directory.add("bob", ALICE);
        Loaded<EntryTable> read = read(null);

        StoreException refused = catchThrowableOfType(StoreException.class, () -> Duplicates.resolve(STORE, read));
        assertThat(refused).hasMessageContaining("as [alice] and as [bob]");
    }

    @Test
    void ignoresEntriesWithoutCertificate() throws Exception {
        directory.add("alice", ALICE);
        directory.add("printer", new Attribute("description", "no certificate"));
        options.filter = "(cn=*)";

        assertThat(labels()).containsExactly("alice");
    }

    @Test
    @DisplayName("text of entries is never part of a search (row 91; CVE-2023-33201, CVE-2026-0636, CVE-2026-59652)")
    void readsFilterCharactersAsPlainText() throws Exception {
        String odd = "*)(objectClass=*";
        directory.add(odd, ALICE);
        directory.add("a,b+c=d\\e", BOB);

        assertThat(labels()).containsExactlyInAnyOrder(odd, "a,b+c=d\\e");
        assertThat(directory.filters).hasSize(1).containsOnly(LdapOptions.DEFAULTS.filter());
    }

    @Test
    void searchesOnlyBelowTheBase() throws Exception {
        directory.server().add("dn: ou=old," + TestDirectory.CLIENTS, "objectClass: organizationalUnit", "ou: old");
        directory.add("alice", ALICE);
        options.base = "ou=old";

        assertThat(load()).isEmpty();
    }

    @Test
    @DisplayName("a missing base is a failed load, not an empty list")
    void refusesMissingBase() throws Exception {
        directory.add("alice", ALICE);
        options.base = "ou=nowhere";

        assertRefused()
                .hasMessageContaining("NameNotFoundException")
                .hasMessageContaining("ldapBase is [ou=nowhere], relative to the bound context");
    }

    @Test
    @DisplayName("a base that looks like a URL leads to no other server (row 90)")
    void neverReadsBaseAsUrl() throws Exception {
        try (TestDirectory other = TestDirectory.start()) {
            other.add("mallory", BOB);
            options.base = "ou=ldap://127.0.0.1:" + other.port() + "/";

            assertRefused();
            assertThat(other.filters).isEmpty();
        }
    }

    @ParameterizedTest(name = "pages of {0}")
    @ValueSource(ints = {0, 1, 2, 3, 1000})
    void readsAllPages(int size) throws Exception {
        for (int i = 0; i < 6; i++) {
            directory.add("client" + i, TestCertificate.named("CN=" + i).build());
        }
        options.pageSize = size;
        List<Boolean> critical = new ArrayList<>();
        directory.onSearch = request -> {
            for (Control control : request.getRequest().getControls()) {
                critical.add(control.isCritical());
            }
        };

        assertThat(load()).hasSize(6);
        assertThat(critical).hasSize(size == 0 ? 0 : Math.max(1, 6 / size)).doesNotContain(false);
        int pages = size == 0 ? 1 : Math.max(1, 6 / size);
        assertThat(directory.filters).hasSize(pages);
    }

    @Test
    @DisplayName("a server without pages is distinguished from an empty or short list")
    void refusesServerWithoutPages() throws Exception {
        directory.add("alice", ALICE);
        directory.onSearch = request -> {
            if (request.getRequest().getControls().length > 0) {
                throw new LDAPException(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION, "no pages here");
            }
        };
        StoreException refused = refused();
        assertThat(refused).hasMessageContaining("does not return its entries in pages (RFC 2696); set ldapPageSize=0");
        assertThat(refused.isMisconfigured()).isTrue();

        options.pageSize = 0;
        assertThat(labels()).containsExactly("alice");
    }

    @Test
    @DisplayName("a server that ignores the request for pages is refused")
    void refusesServerThatIgnoresPages() throws Exception {
        directory.add("alice", ALICE);
        directory.onResult = result -> result.setResult(answer(result, ResultCode.SUCCESS));

        assertRefused().hasMessageContaining("ldapPageSize=0");
    }

    @ParameterizedTest(name = "with entries: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("endless pages end with the time limit (row 92)")
    void refusesPagesWithoutEnd(boolean entries) throws Exception {
        if (entries) {
            directory.add("alice", ALICE);
            directory.add("bob", BOB);
        }
        AtomicInteger searches = new AtomicInteger();
        directory.onSearch = request -> {
            searches.incrementAndGet();
            request.setRequest(withoutControls(request.getRequest()));
        };
        Control again = new SimplePagedResultsControl(0, new ASN1OctetString("again"));
        directory.onResult = result -> result.setResult(answer(result, ResultCode.SUCCESS, again));
        LdapContext context = bound(Context.REFERRAL, "throw");
        LdapSearch search = new LdapSearch(context, options.build(), () -> TimeUnit.SECONDS.toNanos(searches.get()));

        assertThat(catchThrowableOfType(NamingException.class, () -> search.readAll(entry -> {})))
                .hasMessageContaining("not read completely within 5s");
    }

    @Test
    @DisplayName("a read that is interrupted leaves no connection")
    void givesUpWithoutLeavingAConnection() throws Exception {
        directory.add("alice", ALICE);
        directory.add("bob", BOB);
        directory.add("carol", CAROL);
        LdapContext context = new InitialLdapContext(directory.environment(), null);
        AtomicInteger asked = new AtomicInteger();
        LdapSearch search =
                new LdapSearch(context, options.build(), () -> TimeUnit.SECONDS.toNanos(3L * asked.getAndIncrement()));

        assertThat(catchThrowableOfType(NamingException.class, () -> search.readAll(entry -> {})))
                .isInstanceOf(TimeLimitExceededException.class);
        List<Thread> readers = directory.readers();
        assertThat(readers).hasSize(1);
        context.close();

        // Waits without garbage: the finalizers of JNDI would close it too, but later.
        readers.get(0).join(TimeUnit.SECONDS.toMillis(20));
        assertThat(readers.get(0).isAlive()).isFalse();
    }

    @ParameterizedTest(name = "result code {0} after the last entry")
    @DisplayName("a server limit fails the load, regardless of what was read before (row 92)")
    @CsvSource({
        "1, NamingException",
        "3, TimeLimitExceededException",
        "4, SizeLimitExceededException",
        "9, PartialResultException",
        "11, LimitExceededException",
        "50, NoPermissionException",
        "51, ServiceUnavailableException",
        "52, ServiceUnavailableException",
        "53, OperationNotSupportedException",
        "80, NamingException",
        "118, NamingException"
    })
    void refusesCutResult(int code, String exception) throws Exception {
        directory.add("alice", ALICE);
        for (int size : new int[] {0, 1000}) {
            options.pageSize = size;
            directory.onResult = result -> result.setResult(answer(result, ResultCode.valueOf(code)));

            assertRefused().hasMessageContaining("cannot be read completely").hasMessageContaining(exception);
        }
    }

    @ParameterizedTest(name = "pages of {0}")
    @DisplayName("the server's own limit of entries fails the load (row 92)")
    @ValueSource(ints = {0, 1000})
    void refusesServersSizeLimit(int pageSize) throws Exception {
        try (TestDirectory small = TestDirectory.start(1)) {
            small.add("alice", ALICE);
            small.add("bob", BOB);
            options.pageSize = pageSize;

            assertThat(catchThrowableOfType(
                            StoreException.class, () -> read(new InitialLdapContext(small.environment(), null), null)))
                    .hasMessageContaining("SizeLimitExceededException")
                    .hasMessageContaining("expected all entries");
        }
    }

    @ParameterizedTest(name = "the context is bound with referral={0}")
    @DisplayName("a reference to another server fails the load and is never followed (row 90)")
    @ValueSource(strings = {"ignore", "follow", "throw"})
    void refusesContinuationReference(String mode) throws Exception {
        try (TestDirectory other = TestDirectory.start()) {
            other.add("mallory", BOB);
            directory.add("alice", ALICE);
            directory.addReferral("elsewhere", other.url());
            for (int size : new int[] {0, 1, 1000}) {
                options.pageSize = size;

                assertThat(refused(bound(Context.REFERRAL, mode)))
                        .hasMessageContaining("LdapReferralException")
                        .hasMessageContaining("referrals are not followed");
            }
            assertThat(other.binds).isEmpty();
            assertThat(other.filters).isEmpty();
        }
    }

    @ParameterizedTest(name = "the context is bound with referral={0}")
    @DisplayName("a referral of the whole search is never followed (row 90)")
    @ValueSource(strings = {"ignore", "follow", "throw"})
    void refusesReferral(String mode) throws Exception {
        try (TestDirectory other = TestDirectory.start()) {
            other.add("mallory", BOB);
            directory.onSearch = request -> {
                throw referral(other);
            };

            assertThat(refused(bound(Context.REFERRAL, mode))).hasMessageContaining("referrals are not followed");
            assertThat(other.binds).isEmpty();
            assertThat(other.filters).isEmpty();
        }
    }

    @Test
    @DisplayName("a reference next to all entries fails the load too (row 90)")
    void refusesReferenceInTheMiddle() throws Exception {
        directory.add("alice", ALICE);
        directory.onSearch = request -> request.sendSearchReference(
                new SearchResultReference(new String[] {"http://127.0.0.1/"}, new Control[0]));

        assertRefused().hasMessageContaining("referrals are not followed");
    }

    @ParameterizedTest(name = "pages of {0}")
    @DisplayName("a connection that is lost in the middle fails the load (row 97)")
    @ValueSource(ints = {0, 1, 1000})
    void refusesLostConnection(int pageSize) throws Exception {
        directory.add("alice", ALICE);
        directory.add("bob", BOB);
        directory.add("carol", CAROL);
        options.pageSize = pageSize;
        DirContext context = bound(Context.REFERRAL, "ignore");
        AtomicInteger entries = new AtomicInteger();
        directory.onEntry = entry -> {
            if (entries.incrementAndGet() == 2) {
                directory.server().closeAllConnections(false);
            }
        };

        assertThat(refused(context)).hasMessageContaining("cannot be read completely");

        directory.onEntry = entry -> {};
        assertThat(read(context, null).value().size()).isEqualTo(3);
    }

    @Test
    @DisplayName("a server that goes silent fails the load in time (rows 92, 97)")
    void refusesSilentServer() throws Exception {
        directory.add("alice", ALICE);
        DirContext context = bound(Context.REFERRAL, "ignore");
        CountDownLatch done = new CountDownLatch(1);
        directory.onSearch = request -> await(done);
        options.timeout = Duration.ofMillis(300);

        try {
            assertThat(refused(context)).hasMessageContaining("cannot be read completely");
        } finally {
            done.countDown();
        }
    }

    @Test
    @DisplayName("aliases are not followed, so that they can neither loop nor lead out of the base (row 98)")
    void neverFollowsAliases() throws Exception {
        directory
                .server()
                .add(
                        "dn: cn=loop," + TestDirectory.CLIENTS,
                        "objectClass: alias",
                        "objectClass: extensibleObject",
                        "cn: loop",
                        "aliasedObjectName: " + TestDirectory.CLIENTS);
        directory.add("alice", ALICE);
        List<String> policies = new ArrayList<>();
        directory.onSearch = request ->
                policies.add(request.getRequest().getDereferencePolicy().getName());

        read(bound("java.naming.ldap.derefAliases", "always"), null);
        assertThat(labels()).containsExactly("alice");
        assertThat(policies).containsOnly("NEVER");
    }

    @Test
    void requestsValuesEvenIfTheContextDoesNot() throws Exception {
        directory.add("alice", ALICE);

        assertThat(read(bound("java.naming.ldap.typesOnly", "true"), null)
                        .value()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void refusesAttributeWithoutValues() throws Exception {
        directory.add("alice", ALICE);
        directory.onEntry = entry -> entry.setSearchEntry(new com.unboundid.ldap.sdk.Entry(
                entry.getSearchEntry().getDN(), new Attribute("userCertificate;binary")));

        assertRefused().hasMessageContaining("came without values");
    }

    @Test
    void returnsPreviousResultIfUnchanged() throws Exception {
        directory.add("alice", ALICE);
        Loaded<EntryTable> before = read(null);

        assertThat(read(before)).isSameAs(before);

        directory.add("bob", BOB);
        Loaded<EntryTable> after = read(before);
        assertThat(after).isNotSameAs(before);
        assertThat(after.value().size()).isEqualTo(2);
    }

    @Test
    void readsEmptyDirectory() throws Exception {
        assertThat(load()).isEmpty();
    }

    @Test
    @DisplayName("JNDI creates no object from an entry, regardless of the class it names")
    void createsNoObjects() throws Exception {
        directory.add(
                "alice",
                certificates("userCertificate;binary", ALICE),
                new Attribute("javaClassName", "java.lang.String"),
                new Attribute("javaSerializedData", new byte[] {1, 2, 3}));

        assertThat(labels()).containsExactly("alice");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static LDAPException referral(TestDirectory to) {
        return new LDAPException(ResultCode.REFERRAL, "elsewhere", null, new String[] {to.url()});
    }

    private static LDAPResult answer(InMemoryInterceptedSearchResult result, ResultCode code, Control... controls) {
        return new LDAPResult(result.getMessageID(), code, "", null, new String[0], controls);
    }

    private static SearchRequest withoutControls(ReadOnlySearchRequest request) {
        return new SearchRequest(
                request.getBaseDN(),
                request.getScope(),
                request.getFilter(),
                request.getAttributeList().toArray(String[]::new));
    }

    private Entry entry(TestCertificate certificate) throws Exception {
        return load().stream()
                .filter(entry -> entry.digest().toString().endsWith(certificate.sha256()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> labels() throws Exception {
        return load().stream().map(Entry::label).toList();
    }

    private List<Entry> load() throws Exception {
        return read(null).value().stream().toList();
    }

    private Loaded<EntryTable> read(@Nullable Loaded<EntryTable> previous) throws Exception {
        return read(bound(Context.REFERRAL, "ignore"), previous);
    }

    private Loaded<EntryTable> read(DirContext context, @Nullable Loaded<EntryTable> previous) throws StoreException {
        return new LdapDirectory(STORE, options.build(), false, InstantSource.system()).read(context, previous);
    }

    private AbstractThrowableAssert<?, StoreException> assertRefused() throws Exception {
        return assertThat(refused());
    }

    private StoreException refused() throws Exception {
        return refused(bound(Context.REFERRAL, "ignore"));
    }

    private StoreException refused(DirContext context) {
        StoreException refused = catchThrowableOfType(StoreException.class, () -> read(context, null));
        assertThat(refused).hasMessageStartingWith("store [" + STORE + "] ");
        return refused;
    }

    /** A context as an administrator binds it; it stays open for all loads of a test. */
    private LdapContext bound(String property, String value) throws NamingException {
        Hashtable<String, Object> environment = directory.environment();
        environment.put(property, value);
        LdapContext context = new InitialLdapContext(environment, null);
        bound.add(context);
        return context;
    }

    /** The options of a test. */
    private static final class Options {
        String base = "";
        String filter = LdapOptions.DEFAULTS.filter();
        String certificate = LdapOptions.DEFAULTS.certificateAttribute();
        String label = "cn";

        @Nullable
        String roles;

        int pageSize = 1000;
        Duration timeout = Duration.ofSeconds(5);

        LdapOptions build() {
            return new LdapOptions(base, filter, certificate, label, roles, pageSize, timeout, null, false);
        }
    }
}
