/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.lang.reflect.Proxy;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Hashtable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.ObjectFactory;
import javax.sql.DataSource;
import org.apache.tomcat.util.descriptor.web.ContextResource;

/**
 * Makes the objects that an application of a test binds in JNDI, and lets them hang.
 *
 * <p>The name {@code pool} is a connection pool that fails at first, and makes every caller wait once it is exhausted. The
 * name {@code certificate} is bob's certificate, until looking it up hangs. Thread-safe; all tests of the JVM share and reset
 * its state.
 */
public final class HangingResource implements ObjectFactory {

    /** The certificate under the name {@code certificate}. */
    static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private static final Set<Thread> WAITING = ConcurrentHashMap.newKeySet();
    private static volatile CountDownLatch release = new CountDownLatch(0);
    private static volatile boolean stubborn;

    /** Makes every later read wait until it is interrupted or released. */
    static void hang() {
        stubborn = false;
        release = new CountDownLatch(1);
    }

    /** Makes every later read wait until it is released; interrupts are ignored. */
    static void hangStubbornly() {
        hang();
        stubborn = true;
    }

    /** Releases all waiting reads. */
    static void release() {
        release.countDown();
    }

    /** Returns the number of waiting reads. */
    static int waiting() {
        return WAITING.size();
    }

    /** Binds the name in an application. */
    static void bind(org.apache.catalina.Context context, String name) {
        ContextResource resource = new ContextResource();
        resource.setName(name);
        resource.setType(name.equals("pool") ? DataSource.class.getName() : X509Certificate.class.getName());
        resource.setProperty("factory", HangingResource.class.getName());
        resource.setSingleton(false);
        context.getNamingResources().addResource(resource);
    }

    @Override
    public Object getObjectInstance(Object reference, Name name, Context context, Hashtable<?, ?> environment)
            throws NamingException {
        if (name.toString().equals("pool")) {
            return Proxy.newProxyInstance(
                    DataSource.class.getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> {
                        String answer = await() ? "no connection" : "interrupted";
                        throw new SQLException(answer);
                    });
        }
        if (!await()) {
            throw new NamingException("interrupted");
        }
        return BOB.certificate();
    }

    private static boolean await() {
        CountDownLatch until = release;
        WAITING.add(Thread.currentThread());
        try {
            while (until.getCount() > 0) {
                try {
                    until.await();
                } catch (InterruptedException e) {
                    if (!stubborn) {
                        return false;
                    }
                }
            }
            return true;
        } finally {
            WAITING.remove(Thread.currentThread());
        }
    }
}
