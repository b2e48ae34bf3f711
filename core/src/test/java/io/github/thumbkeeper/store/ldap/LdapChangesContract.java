/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.naming.directory.DirContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that each change of a directory is noticed while its certificates are not read: the same table for each server. */
@Timeout(120)
abstract class LdapChangesContract {

    static final String SUFFIX = "dc=example,dc=org";
    static final String CLIENTS = "ou=clients," + SUFFIX;
    static final String FILTER = "(&(userCertificate;binary=*)(employeeType=*))";
    static final TestCertificate ALICE = TestCertificate.named("CN=alice").build();
    static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    static final TestCertificate CAROL = TestCertificate.named("CN=carol").build();

    private final AtomicLong nanos = new AtomicLong();

    /** Returns a connection that may change the directory. */
    abstract LDAPInterface admin();

    /** Returns the context that is bound for the gate. */
    abstract DirContext bound();

    /** Returns the attribute that this server keeps. */
    abstract String changeAttribute();

    /** Changes the directory; alice, bob and two parts of the tree are in it. */
    private interface Step {
        void on(LDAPInterface directory) throws LDAPException;
    }

    /** The changes, and the entries after each. */
    enum Change {
        ADDED(List.of("alice", "bob", "carol"), it -> it.add(person("carol", CAROL))),
        DELETED(List.of("alice"), it -> it.delete(dn("bob"))),
        RENAMED(List.of("alice", "robert"), it -> it.modifyDN(dn("bob"), "cn=robert", true)),
        MOVED_OUT_OF_THE_BASE(List.of("alice"), it -> it.modifyDN(dn("bob"), "cn=bob", false, "ou=old," + SUFFIX)),
        NO_LONGER_IN_THE_FILTER(List.of("alice"), it -> it.modify(dn("bob"), delete("employeeType"))),
        WITHOUT_CERTIFICATE(List.of("alice"), it -> it.modify(dn("bob"), delete("userCertificate;binary"))),
        OTHER_CERTIFICATE(List.of("alice", "bob"), it -> it.modify(dn("bob"), certificate(CAROL))),
        OTHER_ROLE(List.of("alice", "bob"), it -> it.modify(dn("bob"), set("employeeType", "guest"))),
        PUT_IN_PLACE_OF_ANOTHER(List.of("alice", "bob"), it -> {
            it.delete(dn("bob"));
            it.add(person("bob", CAROL));
        }),
        ONE_DELETED_AND_ONE_ADDED(List.of("alice", "carol"), it -> {
            it.delete(dn("bob"));
            it.add(person("carol", CAROL));
        });

        final List<String> labels;
        final Step step;

        Change(List<String> labels, Step step) {
            this.labels = labels;
            this.step = step;
        }

        private static Modification delete(String attribute) {
            return new Modification(ModificationType.DELETE, attribute);
        }

        private static Modification set(String attribute, String value) {
            return new Modification(ModificationType.REPLACE, attribute, value);
        }

        private static Modification certificate(TestCertificate certificate) {
            return new Modification(ModificationType.REPLACE, "userCertificate;binary", certificate.der());
        }
    }

    static String dn(String person) {
        return "cn=" + person + "," + CLIENTS;
    }

    static Entry person(String name, TestCertificate certificate) {
        return new Entry(
                dn(name),
                new Attribute("objectClass", "inetOrgPerson"),
                new Attribute("cn", name),
                new Attribute("sn", name),
                new Attribute("employeeType", "orders"),
                new Attribute("userCertificate;binary", certificate.der()));
    }

    final void fill() throws LDAPException {
        for (String unit : List.of("clients", "old")) {
            admin().add(new Entry(
                    "ou=" + unit + "," + SUFFIX,
                    new Attribute("objectClass", "organizationalUnit"),
                    new Attribute("ou", unit)));
        }
        admin().add(person("alice", ALICE));
        admin().add(person("bob", BOB));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a change is noticed at the next look, although the certificates are not read until then")
    void noticesAChange(Change change) throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> before = settled(directory);
        assertThat(labels(before)).containsExactlyInAnyOrder("alice", "bob");

        change.step.on(admin());

        Loaded<EntryTable> after = directory.read(bound(), before);
        assertThat(after).isNotSameAs(before);
        assertThat(labels(after)).containsExactlyInAnyOrderElementsOf(change.labels);
        assertThat(after.value()).isEqualTo(fresh().value()).isNotEqualTo(before.value());
        assertThat(after.warnings()).isEqualTo(before.warnings());
    }

    @Test
    @DisplayName("a second change is noticed as soon as the first")
    void noticesEachOfManyChanges() throws Exception {
        LdapDirectory directory = directory(changeAttribute());
        Loaded<EntryTable> last = settled(directory);
        TestCertificate[] certificates = {ALICE, BOB, CAROL};
        for (int i = 0; i < 20; i++) {
            TestCertificate certificate = certificates[i % 3];
            admin().modify(
                            dn("bob"),
                            new Modification(ModificationType.REPLACE, "userCertificate;binary", certificate.der()));
            Loaded<EntryTable> now = directory.read(bound(), last);

            assertThat(now.value().stream().map(entry -> entry.digest().toString()))
                    .contains("sha256:" + certificate.sha256());
            last = now;
        }
    }

    /** Reads until an unchanged directory is recognised without its certificates. */
    final Loaded<EntryTable> settled(LdapDirectory directory) throws StoreException {
        Loaded<EntryTable> first = directory.read(bound(), null);
        advance(LdapDirectory.SETTLE_NANOS);
        assertThat(directory.read(bound(), first)).isSameAs(first);
        assertThat(directory.read(bound(), first)).isSameAs(first);
        return first;
    }

    final void advance(long by) {
        nanos.addAndGet(by);
    }

    final Loaded<EntryTable> fresh() throws StoreException {
        return directory(null).read(bound(), null);
    }

    final LdapDirectory directory(@Nullable String changeAttribute) {
        LdapOptions options = new LdapOptions(
                "",
                FILTER,
                "userCertificate;binary",
                "cn",
                "employeeType",
                1,
                Duration.ofSeconds(20),
                changeAttribute,
                false);
        return new LdapDirectory("java:clients", options, false, InstantSource.system(), nanos::get);
    }

    static List<String> labels(Loaded<EntryTable> loaded) {
        return loaded.value().stream()
                .map(entry -> String.valueOf(entry.label()))
                .toList();
    }
}
