/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Path;

/** A text with the path of a thumbprint list. */
final class BoundLocation extends BoundStore {

    private final FileUnderTest list;

    BoundLocation(Path folder) {
        list = new FileUnderTest(folder, FileFormat.LIST);
        bind(whole());
    }

    @Override
    String whole() {
        return list.file().toString();
    }

    @Override
    public void put(String name, TestCertificate certificate) throws Exception {
        list.put(name, certificate);
    }

    @Override
    public void remove(String name) throws Exception {
        list.remove(name);
    }

    @Override
    public void breakIt() {
        bind("ldap://127.0.0.1/clients");
    }

    @Override
    public void cutOff() throws Exception {
        list.cutOff();
    }

    @Override
    public void repair() throws Exception {
        list.repair();
        super.repair();
    }
}
