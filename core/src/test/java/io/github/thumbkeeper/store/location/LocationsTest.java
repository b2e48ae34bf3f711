/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationsTest {

    @TempDir
    private Path folder;

    private final FakeResources resources = new FakeResources();

    @ParameterizedTest(name = "[{0}] is not a supported kind of location (row 71, Log4Shell)")
    @ValueSource(
            strings = {
                "ldap://evil.example/x",
                "LDAP://evil.example/x",
                "ldaps://evil.example/x",
                "rmi://evil.example/x",
                "dns://evil.example/x",
                "iiop:x",
                "corbaname:x",
                "file:/etc/passwd",
                "http://evil.example/clients.pem",
                "jar:file:/x!/y",
                "classpath:x",
                "JAVA:comp/env/x",
                "Java:comp/env/x",
                "JNDI:x",
                "ab:x",
                "x-y:z\nw"
            })
    void refusesOtherSchemes(String location) {
        assertThatThrownBy(() -> locations().open(location))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("expected a java: name, a jndi: name or a path");
        assertThat(resources.asked()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}] is a path (a drive has one letter)")
    @ValueSource(strings = {"C:\\Program Files\\clients", "c:/clients", "clients.pem", "/etc/clients", "./a:b", "a b"})
    void takesPaths(String location) throws Exception {
        Loader<EntryTable> store = locations().open(location);

        assertThat(store.location()).isEqualTo(location);
        assertThat(resources.asked()).containsExactly("file " + location);
    }

    @Test
    void distinguishesDirectoriesFromFiles() throws Exception {
        TestCertificate.named("CN=alice").build().writePem(folder.resolve("alice.pem"));
        Loader<EntryTable> late = locations().open(folder.resolve("late").toString());

        assertThat(labels(locations().open(folder.toString()).load(null))).containsExactly("alice");
        assertThat(labels(
                        locations().open(folder.resolve("alice.pem").toString()).load(null)))
                .containsExactly("alice");
        assertThatThrownBy(() -> late.load(null)).hasMessageContaining("does not exist");
        Files.createDirectory(folder.resolve("late"));
        Loaded<EntryTable> empty = late.load(null);
        assertThat(empty.value()).isEmpty();
        Files.delete(folder.resolve("late"));
        Files.copy(folder.resolve("alice.pem"), folder.resolve("late"));
        assertThatThrownBy(() -> late.load(empty)).hasMessageContaining("is no longer a directory");
    }

    private static List<String> labels(Loaded<EntryTable> contents) {
        return contents.value().stream().map(Entry::label).toList();
    }

    @Test
    @DisplayName("names are looked up as configured, only in the context of their prefix")
    void looksUpNamesInTheirContext() {
        for (String location :
                new String[] {"java:comp/env/cert/clients", "jndi:cert/clients", "jndi:ldap://x", "jndi:"}) {
            assertThatThrownBy(() -> locations().open(location).load(null)).hasMessageContaining(location);
        }

        assertThat(resources.asked())
                .containsExactly(
                        "lookup java:comp/env/cert/clients",
                        "lookupGlobal cert/clients",
                        "lookupGlobal ldap://x",
                        "lookupGlobal ");
    }

    @Test
    @DisplayName("the text bound to a name is a path, never another name (row 71)")
    void boundTextCannotBeAName() {
        for (String text : new String[] {"java:comp/env/other", "jndi:other", "ldap://evil.example/x"}) {
            resources.bind("java:comp/env/here", text);
            assertThatThrownBy(() -> locations().open("java:comp/env/here").load(null))
                    .isInstanceOf(StoreException.class);
        }
        assertThat(resources.asked()).containsOnly("lookup java:comp/env/here");
    }

    private Locations locations() {
        StoreOptions options = new StoreOptions(StorePassword.of("storePassword", null), false);
        return new Locations(resources, options, InstantSource.system());
    }
}
