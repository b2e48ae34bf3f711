/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Removals and restrictions in a folder count, whatever happens to its other files. */
class FolderRemovalsTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();

    private final CapturedLog log = new CapturedLog();
    private final Map<String, String> settings = new TreeMap<>();

    @TempDir
    private Path directory;

    private Path clients;
    private Gate gate;

    @BeforeEach
    void makeFolder() throws IOException {
        clients = Files.createDirectory(directory.resolve("clients"));
        settings.put("store", clients.toString());
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    @DisplayName("a list that comes back unchanged is read again, after another list was bad meanwhile")
    void readsARestoredListAgain() throws Exception {
        Path denied = Files.createDirectory(directory.resolve("denied"));
        Path first = Files.writeString(denied.resolve("a.list"), line(ALICE));
        Path second = Files.writeString(denied.resolve("b.list"), line(BOB));
        settings.put("store", directory.resolve("all.txt").toString());
        Files.writeString(directory.resolve("all.txt"), line(ALICE) + line(BOB));
        settings.put("deny", denied.toString());
        open();
        assertRefused(ALICE, BOB);

        Files.writeString(second, "not a thumbprint\n");
        Path aside = directory.resolve("aside");
        Files.move(first, aside);
        gate.refresh();
        assertRefused(ALICE, BOB);
        Files.move(aside, first);
        gate.refresh();
        assertRefused(ALICE, BOB);
        Files.writeString(second, line(BOB));
        gate.refresh();
        assertRefused(ALICE, BOB);
    }

    @Test
    @DisplayName("a line that is too weak to list by itself does not keep the removed certificates admitted")
    void removesInSpiteOfAWeakLine() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Files.writeString(clients.resolve("x.list"), "sha1:" + ALICE.sha1() + " roles=orders\n");
        settings.put("principal", "common-name");
        open();
        assertAdmitted(ALICE, BOB);

        Files.delete(clients.resolve("alice.pem"));
        Files.delete(clients.resolve("bob.pem"));
        gate.refresh();
        assertRefused(ALICE, BOB);
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("do not allow"));
    }

    @Test
    @DisplayName("a list that is cut off in the middle of a line keeps its last restrictions")
    void keepsRestrictionsOfAListThatIsCutOff() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Path list = Files.writeString(clients.resolve("x.list"), "sha256:" + ALICE.sha256() + " disabled\n");
        open();
        assertRefused(ALICE);

        Files.writeString(list, "sha256:" + ALICE.sha256());
        gate.refresh();
        assertRefused(ALICE);
        assertAdmitted(BOB);
        assertThat(log.lines()).anyMatch(line -> line.contains("may be cut off"));
    }

    @Test
    @DisplayName("a list or a denied certificate that becomes a folder keeps its last content")
    void keepsTheContentOfAFileThatBecomesAFolder() throws Exception {
        Path denied = Files.createDirectory(directory.resolve("denied"));
        Path file = denied.resolve("bob.pem");
        BOB.writePem(file);
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Path list = Files.writeString(clients.resolve("x.list"), "sha256:" + ALICE.sha256() + " disabled\n");
        settings.put("deny", denied.toString());
        open();
        assertRefused(ALICE, BOB);

        Files.delete(file);
        Files.createDirectory(file);
        Files.delete(list);
        Files.createDirectory(list);
        gate.refresh();
        assertRefused(ALICE, BOB);
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("is a directory"));
    }

    @Test
    @DisplayName("a removed list that comes back unreadable keeps its restrictions")
    void keepsRestrictionsOfAListThatComesBackUnreadable() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Path first = Files.writeString(clients.resolve("a.list"), "sha256:" + ALICE.sha256() + " disabled\n");
        Path second = Files.writeString(clients.resolve("b.list"), line(BOB));
        open();
        assertRefused(ALICE);

        Files.delete(first);
        Files.writeString(second, "half a line");
        gate.refresh();
        assertRefused(ALICE);
        Files.writeString(first, "half a line");
        gate.refresh();
        assertRefused(ALICE);
        assertAdmitted(BOB);
    }

    @Test
    @DisplayName("a weak line that is disabled counts, and does not hold up removals")
    void obeysAWeakLineThatIsDisabled() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Path other = Files.createDirectory(directory.resolve("other"));
        CAROL.writePem(other.resolve("carol.pem"));
        settings.put("store", clients + "," + other);
        settings.put("principal", "common-name");
        open();
        assertAdmitted(ALICE, BOB, CAROL);

        Files.writeString(
                clients.resolve("x.list"), "sha1:" + CAROL.sha1() + " disabled\nsha1:" + BOB.sha1() + " disabled\n");
        Files.delete(clients.resolve("alice.pem"));
        gate.refresh();
        assertRefused(ALICE, BOB, CAROL);
        Files.delete(clients.resolve("bob.pem"));
        gate.refresh();
        assertRefused(ALICE, BOB, CAROL);
    }

    @Test
    @DisplayName(
            "a disabled line that the gate cannot find by a proxy's thumbprint adds nothing, and holds up no removal")
    void removesInSpiteOfADisabledPin() throws Exception {
        settings.put("certificateHeader", "fingerprint X-Fingerprint");
        settings.put("trustedProxies", "10.0.0.7");
        settings.put("validateNotBefore", "false");
        settings.put("validateNotAfter", "false");
        Path list = Files.writeString(clients.resolve("x.list"), line(ALICE) + line(BOB));
        open();
        assertThat(forwarded(ALICE)).isInstanceOf(Verdict.Admitted.class);
        assertThat(forwarded(BOB)).isInstanceOf(Verdict.Admitted.class);

        Files.writeString(
                list,
                "sha256:" + ALICE.sha256() + " disabled\n" + "sha256/" + ALICE.pin() + " disabled\n" + line(BOB)
                        + line(CAROL));
        gate.refresh();
        assertThat(forwarded(ALICE)).isInstanceOf(Verdict.Refused.class);
        assertThat(forwarded(BOB)).isInstanceOf(Verdict.Admitted.class);
        assertThat(forwarded(CAROL)).as("may be the key that is disabled").isInstanceOf(Verdict.Refused.class);
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("do not allow"));

        Files.writeString(list, "sha256/" + ALICE.pin() + " disabled\n" + line(CAROL));
        gate.refresh();
        assertThat(forwarded(BOB)).isInstanceOf(Verdict.Refused.class);
        Files.writeString(list, line(CAROL));
        gate.refresh();
        assertThat(forwarded(CAROL)).isInstanceOf(Verdict.Admitted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"denied", "denied/x.list"})
    @DisplayName("a line of a deny list that the gate cannot find by a proxy's thumbprint holds up no denial")
    void deniesInSpiteOfAPin(String deny) throws Exception {
        Path list = Files.createDirectory(directory.resolve("denied")).resolve("x.list");
        Files.writeString(list, line(CAROL));
        Files.writeString(clients.resolve("x.list"), line(ALICE) + line(BOB));
        settings.put("certificateHeader", "fingerprint X-Fingerprint");
        settings.put("trustedProxies", "10.0.0.7");
        settings.put("validateNotBefore", "false");
        settings.put("validateNotAfter", "false");
        settings.put("deny", directory.resolve(deny).toString());
        open();
        assertThat(forwarded(ALICE)).isInstanceOf(Verdict.Admitted.class);

        Files.writeString(list, "sha256/" + BOB.pin() + "\n" + line(ALICE));
        gate.refresh();
        assertThat(forwarded(ALICE)).isInstanceOf(Verdict.Refused.class);
        assertThat(forwarded(BOB)).isInstanceOf(Verdict.Admitted.class);
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("do not allow"));
    }

    private Verdict forwarded(TestCertificate client) {
        return gate.decide(FakeExchange.withoutCertificate().peer("10.0.0.7").header("X-Fingerprint", client.sha256()));
    }

    private void open() {
        gate = Settings.parse(settings, new FakeResources()).open(new Counters(), InstantSource.system());
    }

    private static String line(TestCertificate certificate) {
        return "sha256:" + certificate.sha256() + "\n";
    }

    private void assertAdmitted(TestCertificate... expected) {
        for (TestCertificate each : expected) {
            assertThat(decide(each)).isInstanceOf(Verdict.Admitted.class);
        }
    }

    private void assertRefused(TestCertificate... expected) {
        for (TestCertificate each : expected) {
            assertThat(decide(each)).isInstanceOf(Verdict.Refused.class);
        }
    }

    private Verdict decide(TestCertificate client) {
        return gate.decide(FakeExchange.of(client.certificate()));
    }
}
