/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gate whose store is a directory. */
class LdapSettingsTest {

    private static final TestCertificate ALICE = SettingsTest.ALICE;
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String NAME = "java:comp/env/ldap/clients";

    private final List<DirContext> bound = new ArrayList<>();
    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());
    private TestDirectory directory;

    @BeforeEach
    void start() throws Exception {
        directory = TestDirectory.start();
        DirContext context = new InitialDirContext(directory.environment());
        bound.add(context);
        resources.bind(NAME, context);
    }

    @AfterEach
    void stop() throws Exception {
        log.close();
        for (DirContext context : bound) {
            context.close();
        }
        directory.close();
    }

    @ParameterizedTest(name = "{0} = [{1}]")
    @CsvSource(
            delimiter = '#',
            value = {
                "ldapBase # clients # is not a distinguished name; expected the syntax of RFC 4514",
                "ldapBase # ou=a,b # is not a distinguished name",
                "ldapBase # ldap://host/ou=x # is not a distinguished name",
                "ldapFilter # cn=* # lacks [(] at index 0; expected the syntax of RFC 4515",
                "ldapFilter # (cn=* # lacks [)] at index 5",
                "ldapCertificateAttribute # user Certificate # is not an attribute name; expected letters",
                "ldapCertificateAttribute # userCertificate;range=0-9 # with or without ;binary",
                "ldapCertificateAttribute # * # is not an attribute name",
                "ldapCertificateAttribute # +;binary # is not an attribute name",
                "ldapLabelAttribute # cn,uid # is not an attribute name",
                "ldapLabelAttribute # cn;binary # is not an attribute name",
                "ldapRolesAttribute # member)Of # is not an attribute name",
                "ldapRolesAttribute # 2.5.4.3 # is not an attribute name",
                "ldapChangeAttribute # entryCSN;x # is not an attribute name",
                "ldapChangeAttribute # + # is not an attribute name",
                "ldapPageSize # -1 # expected a whole number from 0 to 100000",
                "ldapPageSize # all # expected a whole number from 0 to 100000",
                "ldapTimeout # 0s # from 1s to 1h",
                "ldapTimeout # 2h # from 1s to 1h",
                "ldapTimeout # 500 # such as 30s or 10m",
                "ldapStartTls # yes # expected true or false"
            })
    void refusesFaults(String setting, String value, String told) {
        assertThat(problems(Map.of("store", NAME, setting, value)))
                .singleElement()
                .asString()
                .startsWith("TK-203 " + setting + ": ")
                .contains("[" + value + "]", told);
    }

    @ParameterizedTest
    @CsvSource({"CN", "usercertificate", "employeeType"})
    void refusesAnAttributeOfAnotherPurposeForChanges(String attribute) {
        assertThat(problems(
                        Map.of("store", NAME, "ldapRolesAttribute", "employeeType", "ldapChangeAttribute", attribute)))
                .singleElement()
                .asString()
                .startsWith("TK-204 ldapChangeAttribute: [" + attribute + "] is also the attribute with");
    }

    @Test
    void reportsAllFaultsTogether() {
        assertThat(problems(Map.of("store", NAME, "ldapBase", "x", "ldapFilter", "y", "ldapTimeout", "z")))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "ldapBase,ou=x",
        "ldapFilter,(cn=*)",
        "ldapCertificateAttribute,userCertificate",
        "ldapLabelAttribute,uid",
        "ldapRolesAttribute,employeeType",
        "ldapPageSize,0",
        "ldapTimeout,5s",
        "ldapChangeAttribute,entryCSN",
        "ldapStartTls,true"
    })
    void belongsToAStore(String setting, String value) {
        assertThat(problems(Map.of("thumbprints", ALICE.sha256(), setting, value)))
                .singleElement()
                .asString()
                .matches("TK-204 " + setting + ": belongs to \\[store](?: or \\[\\w+])*, which is not set");
    }

    @Test
    @DisplayName("every setting reaches the directory")
    void searchesAsConfigured() throws Exception {
        directory.server().add("dn: ou=a," + TestDirectory.CLIENTS, "objectClass: organizationalUnit", "ou: a");
        directory
                .server()
                .add(new Entry(
                        "uid=al,ou=a," + TestDirectory.CLIENTS,
                        new Attribute("objectClass", "person"),
                        new Attribute("uid", "al"),
                        new Attribute("employeeType", "orders", "admin"),
                        new Attribute("clientCert", ALICE.der())));
        List<String> asked = new ArrayList<>();
        directory.onSearch = request -> asked.add(request.getRequest().getBaseDN() + " "
                + request.getRequest().getTimeLimitSeconds() + " "
                + request.getRequest().getAttributeList() + " "
                + request.getRequest().getControls().length);

        Gate gate = open(Map.of(
                "store", NAME,
                "ldapBase", "ou=a",
                "ldapFilter", "(uid=*)",
                "ldapCertificateAttribute", "clientCert",
                "ldapLabelAttribute", "uid",
                "ldapRolesAttribute", "employeeType",
                "ldapPageSize", "0",
                "ldapTimeout", "7s",
                "ldapChangeAttribute", "entryUUID"));

        Verdict.Admitted admitted = (Verdict.Admitted) decide(gate);
        assertThat(admitted.identity().label()).isEqualTo("al");
        assertThat(admitted.identity().roles()).containsExactlyInAnyOrder("orders", "admin");
        assertThat(directory.filters).containsExactly("(uid=*)");
        assertThat(asked)
                .containsExactly("ou=a," + TestDirectory.CLIENTS
                        + " 8 [clientCert, clientCert;binary, uid, employeeType," + " entryUUID] 0");
    }

    @Test
    @DisplayName("with ldapStartTls=true nothing is sent before StartTLS (row 95)")
    void neverStartsWithoutStartTls() throws Exception {
        directory.add("alice", ALICE);
        directory.binds.clear();

        assertThatThrownBy(() -> open(Map.of("store", NAME, "ldapStartTls", "true")))
                .hasMessageContaining("cannot be read completely");
        assertThat(directory.binds).isEmpty();
        assertThat(directory.filters).isEmpty();
    }

    @Test
    @DisplayName("an outage keeps the last good list, and ends by itself (rows 77, 92, 97)")
    void keepsTheLastGoodListWhileTheDirectoryIsDown() throws Exception {
        directory.add("alice", ALICE);
        Gate gate = open(Map.of("store", NAME));
        directory.server().delete("cn=alice," + TestDirectory.CLIENTS);

        directory.server().shutDown(true);
        assertThat(gate.refresh()).isFalse();
        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
        directory.server().startListening();
        directory.onResult =
                result -> result.setResult(new LDAPResult(result.getMessageID(), ResultCode.SIZE_LIMIT_EXCEEDED));
        assertThat(gate.refresh()).isFalse();
        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);

        directory.onResult = result -> {};
        assertThat(gate.refresh()).isTrue();
        assertThat(decide(gate)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    @DisplayName("a directory that is down at the start refuses to start, or every request (row 76)")
    void neverStartsOpen() throws Exception {
        directory.add("alice", ALICE);
        directory.server().shutDown(true);
        Map<String, String> given = new HashMap<>(Map.of("store", NAME));
        assertThatThrownBy(() -> open(given)).hasMessageContaining("CommunicationException");

        given.put("storeUnavailable", "refuse-requests");
        Gate gate = open(given);
        assertThat(decide(gate)).isInstanceOf(Verdict.Refused.class);
        directory.server().startListening();
        gate.refresh();
        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);
    }

    @Test
    @DisplayName(
            "a gate with ldapChangeAttribute stops to read certificates, and refuses a deleted entry at the next refresh")
    void refusesADeletedEntryOfADirectoryThatIsNotReadAgain() throws Exception {
        directory.add("alice", ALICE);
        directory.add("bob", BOB);
        Gate gate = open(Map.of("store", NAME, "ldapChangeAttribute", "modifyTimestamp"));
        List<String> requested = new CopyOnWriteArrayList<>();
        directory.onSearch = request -> requested.addAll(request.getRequest().getAttributeList());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        do {
            requested.clear();
            gate.refresh();
        } while (requested.contains("userCertificate;binary") && System.nanoTime() - end < 0);
        assertThat(requested).containsExactly("cn", "modifyTimestamp");
        assertThat(decide(gate)).isInstanceOf(Verdict.Admitted.class);

        directory.server().delete("cn=alice," + TestDirectory.CLIENTS);

        assertThat(gate.refresh()).isTrue();
        assertThat(decide(gate)).isInstanceOf(Verdict.Refused.class);
    }

    private static Verdict decide(Gate gate) {
        return gate.decide(FakeExchange.of(ALICE.certificate()));
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, resources, clock).open(new Counters(), clock, clock::nanoTime);
    }

    private List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.parse(given, resources, clock))
                .problems();
    }
}
