/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OpenLdapServer;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.directory.DirContext;
import javax.naming.ldap.InitialLdapContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same changes on OpenLDAP, with its {@code entryCSN}, and what only a real server does. */
@Slow
@NeedsProgram
class OpenLdapChangesTest extends LdapChangesContract {

    @TempDir
    Path folder;

    private OpenLdapServer server;
    private LDAPConnection admin;
    private DirContext context;

    @BeforeEach
    void start() throws Exception {
        server = new OpenLdapServer(OutsideProgram.SLAPD.path(), folder);
        admin = connect();
        admin.add("dn: " + SUFFIX, "objectClass: domain", "dc: example");
        fill();
        context = bind();
    }

    @AfterEach
    void stop() throws Exception {
        if (server == null) {
            return;
        }
        context.close();
        admin.close();
        server.close();
    }

    @Override
    LDAPInterface admin() {
        return admin;
    }

    @Override
    DirContext bound() {
        return context;
    }

    @Override
    String changeAttribute() {
        return "entryCSN";
    }

    @Test
    @DisplayName("two changes within the second of modifyTimestamp are both noticed")
    void noticesAChangeWithinTheSameSecond() throws Exception {
        for (int attempt = 0; attempt < 20; attempt++) {
            LdapDirectory directory = directory("modifyTimestamp");
            replace(CAROL);
            Loaded<EntryTable> first = directory.read(bound(), null);
            String second = timestamp();
            replace(BOB);
            Loaded<EntryTable> now = directory.read(bound(), first);

            assertThat(now.value()).isNotEqualTo(first.value()).isEqualTo(fresh().value());
            if (timestamp().equals(second)) {
                return;
            }
        }
        throw new AssertionError("twenty pairs of changes, each in two seconds");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("an entry that the account may no longer read is refused, although it has not changed")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '|',
            value = {
                "its rights are gone # dn.exact=\"cn=bob,ou=clients,dc=example,dc=org\"",
                "an attribute of the filter # dn.exact=\"cn=bob,ou=clients,dc=example,dc=org\" attrs=employeeType"
            })
    void noticesAHiddenEntry(String title, String hidden) throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);

        server.restartWith("access to " + hidden + " by * none\naccess to * by * read");

        assertThat(labels(directory.read(bound(), before))).containsExactly("alice");
    }

    @Test
    void reportsAnAttributeThatIsHidden() throws Exception {
        server.restartWith("access to attrs=entryCSN by * none\naccess to * by * read");
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);

        assertThat(before.warnings())
                .anySatisfy(it -> assertThat(it).startsWith("does not have exactly one value of [entryCSN]"));
        reconnect();
        replace(CAROL);
        assertThat(directory.read(bound(), before).value())
                .isNotEqualTo(before.value())
                .isEqualTo(fresh().value());
    }

    @Test
    @DisplayName("older data in a restarted server are a change, although every entryCSN is lower")
    void noticesOlderData() throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        Path ldif = folder.resolve("old.ldif");
        StringBuilder old = new StringBuilder("dn: " + SUFFIX + "\nobjectClass: domain\ndc: example\n\ndn: " + CLIENTS
                + "\nobjectClass: organizationalUnit\nou: clients\n\n");
        for (var person : new Object[][] {{"alice", ALICE}, {"bob", CAROL}}) {
            old.append(person(String.valueOf(person[0]), (TestCertificate) person[1])
                            .toLDIFString())
                    .append("entryCSN: 20200101000000.000000Z#000000#000#000000\n\n");
        }
        Files.writeString(ldif, old);

        server.restartWith(ldif);

        Loaded<EntryTable> now = directory.read(bound(), before);
        assertThat(now.value()).isNotEqualTo(before.value()).isEqualTo(fresh().value());
        assertThat(labels(now)).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    @DisplayName("a server that is restarted with the same data has not changed")
    void recognisesTheSameData() throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);

        server.restartWith("access to * by * read");

        assertThat(directory.read(bound(), before)).isSameAs(before);
    }

    private void replace(TestCertificate certificate) throws LDAPException {
        admin.modify(
                dn("bob"), new Modification(ModificationType.REPLACE, "userCertificate;binary", certificate.der()));
    }

    private String timestamp() throws LDAPException {
        return admin.getEntry(dn("bob"), "modifyTimestamp").getAttributeValue("modifyTimestamp");
    }

    private void reconnect() throws LDAPException {
        admin.close();
        admin = connect();
    }

    private LDAPConnection connect() throws LDAPException {
        return new LDAPConnection("127.0.0.1", server.port(), OpenLdapServer.ADMIN, OpenLdapServer.PASSWORD);
    }

    @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
    private DirContext bind() throws NamingException {
        Hashtable<String, Object> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, server.url(CLIENTS));
        return new InitialLdapContext(environment, null);
    }
}
