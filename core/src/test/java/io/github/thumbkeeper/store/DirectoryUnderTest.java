/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A directory with one PEM file for each certificate. */
final class DirectoryUnderTest implements StoreUnderTest {

    private final Path directory;
    private final Map<String, TestCertificate> certificates = new TreeMap<>();

    DirectoryUnderTest(Path folder) throws Exception {
        directory = Files.createDirectory(folder.resolve("clients"));
    }

    Path directory() {
        return directory;
    }

    @Override
    public Loader<EntryTable> open() throws Exception {
        return new Naming().open(directory.toString(), new StoreOptions(Naming.NO_PASSWORD, false));
    }

    @Override
    public void put(String name, TestCertificate certificate) {
        certificates.put(name, certificate);
        certificate.writePem(file(name));
    }

    @Override
    public void remove(String name) throws Exception {
        certificates.remove(name);
        Files.delete(file(name));
    }

    @Override
    public void breakIt() throws Exception {
        Files.writeString(file("bob"), "hello\n");
    }

    @Override
    public void takeAway() throws Exception {
        Files.move(directory, away());
    }

    @Override
    public void cutOff() throws Exception {
        Files.writeString(file("bob"), Files.readString(file("bob")).substring(0, 200));
    }

    @Override
    public void repair() throws Exception {
        if (Files.exists(away())) {
            Files.move(away(), directory);
        }
        certificates.forEach((name, certificate) -> certificate.writePem(file(name)));
    }

    private Path away() {
        return directory.resolveSibling("away");
    }

    private Path file(String name) {
        return directory.resolve(name + ".pem");
    }
}
