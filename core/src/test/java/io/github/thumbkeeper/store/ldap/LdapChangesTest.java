/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.directory.DirContext;
import javax.naming.ldap.InitialLdapContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks when the certificates of a directory are read, on a server whose answers the test controls. */
class LdapChangesTest extends LdapChangesContract {

    /** The test changes it, or not: then it is like a timestamp within the same second. */
    private static final String BY_HAND = "description";

    private final List<List<String>> requests = new ArrayList<>();
    private final List<DirContext> open = new ArrayList<>();
    private TestDirectory server;
    private DirContext context;

    @BeforeEach
    void start() throws Exception {
        server = TestDirectory.start();
        server.server().delete(TestDirectory.CLIENTS);
        fill();
        server.onSearch = request -> requests.add(request.getRequest().getAttributeList());
        context = bind();
    }

    @AfterEach
    void stop() throws Exception {
        for (DirContext each : open) {
            each.close();
        }
        server.close();
    }

    @Override
    LDAPInterface admin() {
        return server.server();
    }

    @Override
    DirContext bound() {
        return context;
    }

    @Override
    String changeAttribute() {
        return "modifyTimestamp";
    }

    @Test
    void readsNoCertificateOfAnUnchangedDirectory() throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        requests.clear();

        assertThat(directory.read(bound(), before)).isSameAs(before);
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it).containsExactly("cn", "employeeType", "modifyTimestamp"));
    }

    @Test
    void readsCertificatesAtEachLookWithoutTheSetting() throws Exception {
        LdapDirectory directory = directory(null);
        Loaded<EntryTable> before = settled(directory);
        requests.clear();

        assertThat(directory.read(bound(), before)).isSameAs(before);
        assertThat(certificatesRead()).isTrue();
        assertThat(requests).allSatisfy(it -> assertThat(it).doesNotContain("modifyTimestamp"));

        replace("bob", CAROL);
        Loaded<EntryTable> after = directory.read(bound(), before);
        assertThat(after.value()).isEqualTo(fresh().value()).isNotEqualTo(before.value());
        assertThat(after.warnings()).isEqualTo(before.warnings());
    }

    @Test
    @DisplayName(
            "a change within the same second is noticed: a new state is confirmed by a complete read two seconds later")
    void noticesAChangeWithinTheSameSecond() throws Exception {
        describeAll("20261128120000Z");
        LdapDirectory directory = directory(BY_HAND);
        Loaded<EntryTable> first = directory.read(bound(), null);

        replace("bob", CAROL);
        advance(LdapDirectory.SETTLE_NANOS - 1);
        Loaded<EntryTable> second = directory.read(bound(), first);
        assertThat(second.value()).isNotEqualTo(first.value()).isEqualTo(fresh().value());

        replace("bob", BOB);
        Loaded<EntryTable> third = directory.read(bound(), second);
        assertThat(third.value()).isNotEqualTo(second.value()).isEqualTo(fresh().value());
    }

    @Test
    @DisplayName("every hundredth read is complete; an attribute that missed a change is not relied upon again")
    void noticesAMissedChangeAtTheHundredthRead() throws Exception {
        describeAll("same");
        LdapDirectory directory = directory(BY_HAND);
        Loaded<EntryTable> last = settled(directory);
        replace("bob", CAROL);
        for (int i = 2; i < 100; i++) {
            assertThat(directory.read(bound(), last)).as("read %d", i).isSameAs(last);
        }

        Loaded<EntryTable> now = directory.read(bound(), last);
        assertThat(now.value()).isEqualTo(fresh().value()).isNotEqualTo(last.value());
        assertThat(now.warnings())
                .anySatisfy(it -> assertThat(it)
                        .contains(
                                "has changed without a change of [description] (ldapChangeAttribute), so from now on"));

        advance(LdapDirectory.SETTLE_NANOS);
        for (int i = 0; i < 3; i++) {
            requests.clear();
            assertThat(directory.read(bound(), now)).isSameAs(now);
            assertThat(certificatesRead()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"no entry has it, ''", "one entry has none, alice", "one entry has two, alice bob bob"})
    void reportsAnAttributeThatIsNotInEveryEntry(String title, String described) throws Exception {
        String[] people = described.split(" ");
        for (int i = 0; i < people.length && !described.isEmpty(); i++) {
            admin().modify(dn(people[i]), new Modification(ModificationType.ADD, BY_HAND, "value " + i));
        }
        LdapDirectory directory = directory(BY_HAND);
        Loaded<EntryTable> before = settled(directory);
        assertThat(before.warnings())
                .anySatisfy(it -> assertThat(it)
                        .startsWith(
                                "does not have exactly one value of [description] (ldapChangeAttribute) in entry [cn=")
                        .contains("so all certificates are read at each check; expected"));

        replace("bob", CAROL);
        Loaded<EntryTable> after = directory.read(bound(), before);
        assertThat(after.value()).isNotEqualTo(before.value()).isEqualTo(fresh().value());
        assertThat(after.warnings()).isEqualTo(before.warnings());
    }

    @Test
    void readsCertificatesOfAnotherContext() throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        context = bind();
        requests.clear();

        directory.read(bound(), before);
        assertThat(certificatesRead()).isTrue();
    }

    @ParameterizedTest(name = "previous result given: {0}")
    @ValueSource(booleans = {true, false})
    void readsCertificatesForAnotherPreviousResult(boolean given) throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        requests.clear();

        assertThat(directory.read(bound(), given ? fresh() : null)).isNotSameAs(before);
        assertThat(certificatesRead()).isTrue();
    }

    @ParameterizedTest(name = "result code {0}")
    @DisplayName("a look that fails in the middle fails as a read does, and the next one is complete")
    @ValueSource(ints = {3, 4, 9, 10, 11, 50, 51, 80, -1})
    void failsIfALookIsCut(int code) throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        AtomicInteger pages = new AtomicInteger();
        server.onResult = result -> {
            if (pages.incrementAndGet() == 2) {
                cut(result, code);
            }
        };

        StoreException failure = catchThrowableOfType(StoreException.class, () -> directory.read(bound(), before));
        assertThat(failure).hasMessageContaining("cannot be read completely");

        server.onResult = result -> {};
        requests.clear();
        assertThat(directory.read(bound(), before)).isSameAs(before);
        assertThat(certificatesRead()).isTrue();

        replace("bob", CAROL);
        assertThat(directory.read(bound(), before).value())
                .isNotEqualTo(before.value())
                .isEqualTo(fresh().value());
    }

    @Test
    @DisplayName("an entry with another name is another entry, even with the same attributes")
    void noticesAnotherName() throws Exception {
        describeAll("same");
        LdapDirectory directory = directory(BY_HAND);
        Loaded<EntryTable> before = settled(directory);
        Entry other = person("bob", CAROL);
        other.setDN("uid=bob," + CLIENTS);
        other.addAttribute("uid", "bob");
        other.addAttribute(BY_HAND, "same");

        admin().delete(dn("bob"));
        admin().add(other);

        assertThat(directory.read(bound(), before).value())
                .isNotEqualTo(before.value())
                .isEqualTo(fresh().value());
    }

    @Test
    @DisplayName("the order of values and the case of names are not a change")
    void ignoresTheOrderOfValues() throws Exception {
        admin().modify(dn("bob"), new Modification(ModificationType.ADD, "employeeType", "admin"));
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        server.onEntry = found -> {
            var entry = found.getSearchEntry().duplicate();
            String[] roles = entry.getAttributeValues("employeeType");
            entry.removeAttribute("employeeType");
            entry.addAttribute("EMPLOYEETYPE", roles.length == 2 ? new String[] {roles[1], roles[0]} : roles);
            found.setSearchEntry(entry);
        };
        requests.clear();

        assertThat(directory.read(bound(), before)).isSameAs(before);
        assertThat(certificatesRead()).isFalse();
    }

    private void cut(InMemoryInterceptedSearchResult result, int code) {
        if (code < 0) {
            server.server().closeAllConnections(false);
        } else {
            result.setResult(new LDAPResult(
                    result.getMessageID(),
                    ResultCode.valueOf(code),
                    "",
                    null,
                    new String[] {"ldap://127.0.0.1:1/"},
                    new Control[0]));
        }
    }

    private boolean certificatesRead() {
        return requests.stream().anyMatch(it -> it.contains("userCertificate;binary"));
    }

    private void replace(String person, TestCertificate certificate) throws LDAPException {
        admin().modify(
                        dn(person),
                        new Modification(ModificationType.REPLACE, "userCertificate;binary", certificate.der()));
    }

    private void describeAll(String value) throws LDAPException {
        for (String person : List.of("alice", "bob")) {
            admin().modify(dn(person), new Modification(ModificationType.REPLACE, BY_HAND, value));
        }
    }

    private DirContext bind() throws Exception {
        DirContext bound = new InitialLdapContext(server.environment(), null);
        open.add(bound);
        return bound;
    }
}
