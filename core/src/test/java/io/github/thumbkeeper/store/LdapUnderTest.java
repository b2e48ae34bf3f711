/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.store.sql.SqlOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.NamingException;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;

/** A directory in which each person has a certificate. */
final class LdapUnderTest extends BoundStore {

    private static final String ATTRIBUTE = LdapOptions.DEFAULTS.certificateAttribute();

    private final TestDirectory directory;
    private final LdapContext context;
    private volatile CountDownLatch answer = new CountDownLatch(0);
    private volatile boolean waiting;

    LdapUnderTest() throws Exception {
        super(new StoreOptions(Naming.NO_PASSWORD, false, SqlOptions.DEFAULTS, hurried(LdapOptions.DEFAULTS)));
        directory = TestDirectory.start();
        directory.onSearch = request -> awaitAnswer();
        context = new InitialLdapContext(directory.environment(), null);
        bind(context);
    }

    private static LdapOptions hurried(LdapOptions standard) {
        return new LdapOptions(
                standard.base(),
                standard.filter(),
                standard.certificateAttribute(),
                standard.labelAttribute(),
                standard.rolesAttribute(),
                standard.pageSize(),
                Duration.ofSeconds(2),
                standard.changeAttribute(),
                standard.startTls());
    }

    @Override
    LdapContext whole() {
        return context;
    }

    @Override
    public void put(String name, TestCertificate certificate) throws LDAPException {
        remove(name);
        directory.add(name, certificate);
    }

    @Override
    public void remove(String name) throws LDAPException {
        String person = "cn=" + name + "," + TestDirectory.CLIENTS;
        if (directory.server().getEntry(person) != null) {
            directory.server().delete(person);
        }
    }

    @Override
    public void breakIt() throws LDAPException {
        directory.add("broken", new Attribute(ATTRIBUTE, new byte[] {0x30, 0}));
    }

    @Override
    public void takeAway() {
        directory.server().shutDown(true);
    }

    @Override
    public void cutOff() {
        AtomicInteger entries = new AtomicInteger();
        directory.onEntry = entry -> {
            if (entries.incrementAndGet() % 2 == 0) {
                entry.setSearchEntry(null);
            }
        };
        directory.onResult =
                result -> result.setResult(new LDAPResult(result.getMessageID(), ResultCode.SIZE_LIMIT_EXCEEDED));
    }

    @Override
    public void slowDown() {
        answer = new CountDownLatch(1);
    }

    @Override
    public boolean isWaiting() {
        return waiting;
    }

    private void awaitAnswer() {
        waiting = true;
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting = false;
        }
    }

    @Override
    public boolean hasTimeLimit() {
        return true;
    }

    @Override
    public void repair() throws Exception {
        answer.countDown();
        directory.onEntry = entry -> {};
        directory.onResult = result -> {};
        directory.server().startListening();
        remove("broken");
        super.repair();
    }

    @Override
    public List<String> secrets() {
        return List.of(TestDirectory.PASSWORD);
    }

    @Override
    public void stop() throws Exception {
        answer.countDown();
        try {
            context.close();
        } catch (NamingException e) {
            // The test may have ended the connection.
        }
        directory.close();
        super.stop();
    }
}
