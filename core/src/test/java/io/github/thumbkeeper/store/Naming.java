/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.naming.CompositeName;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.spi.NamingManager;

/** A naming context like that of a container: it makes the object of a Reference once, by its factory. */
final class Naming implements ContainerResources {

    static final String NAME = "java:comp/env/cert/clients";
    static final StorePassword NO_PASSWORD = StorePassword.of("storePassword", null);

    private final Map<String, Object> bound = new ConcurrentHashMap<>();
    private volatile CountDownLatch answer = new CountDownLatch(0);
    private volatile boolean waiting;

    /** Returns the store of a location, not read yet. */
    Loader<EntryTable> open(String location, StoreOptions options) throws StoreException {
        return new Locations(this, options, InstantSource.system()).open(location);
    }

    /** Binds an object, or the Reference it is to be made of. */
    void bind(Object object) {
        bound.put(NAME, object);
    }

    void unbind() {
        bound.clear();
    }

    /** Gives no answer until it is told to. */
    void hang() {
        answer = new CountDownLatch(1);
    }

    void answer() {
        answer.countDown();
    }

    boolean isWaiting() {
        return waiting;
    }

    @Override
    public Object lookup(String name) throws NamingException {
        awaitAnswer();
        Object object = bound.get(name);
        if (object == null) {
            throw new NameNotFoundException(name);
        }
        if (object instanceof Reference) {
            object = made(name, object);
            bound.put(name, object);
        }
        return object;
    }

    private static Object made(String name, Object reference) throws NamingException {
        try {
            return NamingManager.getObjectInstance(reference, new CompositeName(name), null, null);
        } catch (NamingException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAnswer() {
        waiting = true;
        try {
            answer.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting = false;
        }
    }

    @Override
    public Object lookupGlobal(String name) throws NamingException {
        return lookup(name);
    }

    @Override
    public Path file(String location) {
        return Path.of(location);
    }
}
