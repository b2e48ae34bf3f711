/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** A file that is written anew at each change. */
final class FileUnderTest implements StoreUnderTest {

    private static final String PASSWORD = "changeit-s3cret";
    private static final int END = 40;

    private final FileFormat format;
    private final Path file;
    private final Map<String, TestCertificate> certificates = new TreeMap<>();
    private final Provider provider = new BouncyCastleProvider();

    FileUnderTest(Path folder, FileFormat format) {
        this.format = format;
        this.file = folder.resolve(format.fileName());
        if (format == FileFormat.BCFKS) {
            Security.addProvider(provider);
        }
    }

    Path file() {
        return file;
    }

    @Override
    public Loader<EntryTable> open() throws Exception {
        return new Naming().open(file.toString(), new StoreOptions(StorePassword.of("storePassword", PASSWORD), false));
    }

    @Override
    public void put(String name, TestCertificate certificate) throws Exception {
        certificates.put(name, certificate);
        repair();
    }

    @Override
    public void remove(String name) throws Exception {
        certificates.remove(name);
        repair();
    }

    @Override
    public void breakIt() throws Exception {
        byte[] other = format.isKeyStore()
                ? format.write(certificates, "another password")
                : "hello\n".getBytes(StandardCharsets.US_ASCII);
        Files.write(file, other);
    }

    @Override
    public void takeAway() throws Exception {
        Files.delete(file);
    }

    @Override
    public void cutOff() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - END));
    }

    @Override
    public void repair() throws Exception {
        Files.write(file, format.write(certificates, PASSWORD));
    }

    @Override
    public String label(String name) {
        return format.label(name);
    }

    @Override
    public List<String> secrets() {
        return List.of(PASSWORD);
    }

    @Override
    public void stop() {
        if (format == FileFormat.BCFKS) {
            Security.removeProvider(provider.getName());
        }
    }
}
