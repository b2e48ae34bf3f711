/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.LogTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract of every loader that does not read a list of certificates, each through its reloader. {@link StoreContractTest} is the
 * same for lists of certificates.
 */
class LoaderContractTest {

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final PendingLog pending = new PendingLog(LogTopic.STORE);
    private final CapturedLog log = new CapturedLog();
    private LoaderKind kind;
    private Path path;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0} reads every item")
    @EnumSource
    void readsEveryItem(LoaderKind of) throws Exception {
        Reloader<?> reloader = opened(of);

        assertInForce(reloader, all());
        assertThat(reloader.state().failing()).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "{0} returns the same object while nothing changes")
    @EnumSource
    void returnsTheSameObjectWhileNothingChanges(LoaderKind of) throws Exception {
        start(of);

        assertUnchanged(of.loader(path));
    }

    private static <V> void assertUnchanged(Loader<V> loader) throws StoreException {
        Loaded<V> first = loader.load(null);
        assertThat(loader.load(first)).isSameAs(first);
        assertThat(loader.load(first)).isSameAs(first);
    }

    @ParameterizedTest(name = "{0}: a replaced item is no longer in force")
    @EnumSource
    void readsAReplacedItem(LoaderKind of) throws Exception {
        Reloader<?> reloader = opened(of);
        put(kind.hasSeveralItems() ? new String[] {"carol", "bob"} : new String[] {"carol"});

        refresh(reloader);
        assertInForce(reloader, kind.hasSeveralItems() ? new String[] {"carol", "bob"} : new String[] {"carol"});
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: an added item comes into force, a removed one does not stay")
    @MethodSource("io.github.thumbkeeper.store.LoaderKind#thatHaveSeveralItems")
    void readsAddedAndRemovedItems(LoaderKind of) throws Exception {
        Reloader<?> reloader = opened(of);
        put("alice", "bob", "carol");
        refresh(reloader);
        assertInForce(reloader, "alice", "bob", "carol");

        put("bob");
        refresh(reloader);
        assertInForce(reloader, "bob");
    }

    private interface Fault {
        void happen() throws Exception;
    }

    @ParameterizedTest(
            name = "{0}: what cannot be parsed leaves the last good value in force, is logged once, and recovers")
    @EnumSource
    void keepsTheLastGoodValueOfAMalformedFile(LoaderKind of) throws Exception {
        // A password may be any text, but not a placeholder.
        byte[] malformed =
                (of == LoaderKind.PASSWORD_FILE ? "${password}\n" : "hello\n").getBytes(StandardCharsets.UTF_8);
        keepsThrough(of, () -> Files.write(kind.fileOf(path, "alice"), malformed));
    }

    @ParameterizedTest(name = "{0}: what is gone leaves the last good value in force, is logged once, and recovers")
    @EnumSource
    void keepsTheLastGoodValueOfAMissingFile(LoaderKind of) throws Exception {
        keepsThrough(of, () -> Files.move(path, path.resolveSibling("away")));
    }

    @ParameterizedTest(name = "{0}: half a file leaves the last good value in force")
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RULES", "ROLES", "PASSWORD_FILE"}) // each line of theirs is complete
    void keepsTheLastGoodValueOfHalfAFile(LoaderKind of) throws Exception {
        keepsThrough(of, () -> {
            Path file = kind.fileOf(path, "alice");
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(whole, whole.length - 40));
        });
    }

    private void keepsThrough(LoaderKind of, Fault fault) throws Exception {
        Reloader<?> reloader = opened(of);
        fault.happen();
        clock.advance(Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            refresh(reloader);
        }
        assertInForce(reloader, all());
        assertThat(reloader.state().failing()).isTrue();
        assertThat(reloader.state().age()).isEqualTo(Duration.ofSeconds(30));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("SEVERE TK-301 store [")
                .contains("; keeping " + Counted.of(all().length, "items") + " from ");
        assertThatThrownBy(() -> reloader().open(false)).isInstanceOf(StoreException.class);
        log.clear();

        put(all());
        refresh(reloader);
        assertThat(reloader.state().failing()).isFalse();
        assertThat(log.lines()).singleElement().asString().startsWith("INFO TK-304 store [");
    }

    @ParameterizedTest(name = "{0}: missing at start-up it is waited for, if that is configured")
    @EnumSource
    void startsWithoutAValueIfConfigured(LoaderKind of) throws Exception {
        start(of);
        Files.move(path, path.resolveSibling("away"));
        assertThatThrownBy(() -> reloader().open(false)).isInstanceOf(StoreException.class);
        Reloader<?> reloader = reloader();
        reloader.open(true);
        pending.write();
        assertThat(reloader.value()).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains("TK-301 store [", "never been read");

        Files.move(path.resolveSibling("away"), path);
        refresh(reloader);
        assertInForce(reloader, all());
    }

    private void start(LoaderKind of) throws Exception {
        kind = of;
        path = folder.resolve(of.isDirectory() ? "items" : "items.pem");
        put(all());
    }

    private Reloader<?> opened(LoaderKind of) throws Exception {
        start(of);
        Reloader<?> reloader = reloader();
        reloader.open(false);
        pending.write();
        return reloader;
    }

    private Reloader<?> reloader() throws StoreException {
        return reloader(kind.loader(path));
    }

    @SuppressWarnings("unchecked") // a loader of a list of anything is one of objects, for a test that only reads them
    private Reloader<List<Object>> reloader(Loader<? extends List<?>> loader) {
        return Reloader.ofItems((Loader<List<Object>>) loader, "items", items -> null, pending, clock, clock::nanoTime);
    }

    private void refresh(Reloader<?> reloader) throws InterruptedException {
        reloader.begin();
        reloader.read().run();
        reloader.end();
        pending.write();
    }

    private void put(String... names) throws Exception {
        kind.write(path, Set.of(names));
    }

    private String[] all() {
        return kind.hasSeveralItems() ? new String[] {"alice", "bob"} : new String[] {"alice"};
    }

    private void assertInForce(Reloader<?> reloader, String... names) {
        assertThat(kind.names((List<?>) reloader.value().orElseThrow())).containsExactlyInAnyOrder(names);
    }
}
