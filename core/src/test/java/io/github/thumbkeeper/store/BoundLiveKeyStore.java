/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Path;
import javax.naming.Reference;
import javax.naming.StringRefAddr;

/** A directory that our own factory binds as a key store; the container makes it once, and it stays fresh. */
final class BoundLiveKeyStore extends BoundStore {

    private final DirectoryUnderTest directory;

    BoundLiveKeyStore(Path folder) throws Exception {
        directory = new DirectoryUnderTest(folder);
        Reference reference = new Reference("java.security.KeyStore", KeyStoreFactory.class.getName(), null);
        reference.add(new StringRefAddr("path", directory.directory().toString()));
        reference.add(new StringRefAddr("allowEmpty", "true"));
        bind(reference);
    }

    @Override
    Object whole() {
        throw new UnsupportedOperationException("it stays bound");
    }

    @Override
    public void put(String name, TestCertificate certificate) {
        directory.put(name, certificate);
    }

    @Override
    public void remove(String name) throws Exception {
        directory.remove(name);
    }

    @Override
    public void breakIt() throws Exception {
        directory.breakIt();
    }

    @Override
    public void takeAway() throws Exception {
        directory.takeAway();
    }

    @Override
    public void cutOff() throws Exception {
        directory.cutOff();
    }

    @Override
    public void repair() throws Exception {
        directory.repair();
        stop();
    }
}
