/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders as people have them: a Kubernetes mount with its key, and lists next to certificates. */
class FoldersIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private final GuardedTomcat server;

    @TempDir
    private Path folder;

    FoldersIT() throws IOException {
        server = new GuardedTomcat();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("a mounted TLS secret starts without its key, and a list of the next version disables at once")
    void followsAMountedSecret(FrontEnd frontEnd) throws Exception {
        Path first = version("..1", ALICE.pem(), "sha256:" + ALICE.sha256() + " label=tls roles=orders\n");
        Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        for (String name : new String[] {"tls.crt", "tls.key", "ca.crt", "roles.list"}) {
            Files.createSymbolicLink(folder.resolve(name), Path.of("..data", name));
        }
        server.start(frontEnd, Map.of("store", folder.toString(), "refreshInterval", "1s"));

        try (RawConnection alice = server.connect(ALICE);
                RawConnection bob = server.connect(BOB)) {
            assertThat(alice.get("/app/x").body()).contains("user=tls ", "orders=true");
            assertThat(bob.get("/app/x").status()).isEqualTo(401);

            version("..2", ALICE.pem(), "sha256:" + ALICE.sha256() + " disabled\nsha256:" + BOB.sha256() + "\n");
            Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2"));
            Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            Eventually.that("alice is refused", () -> alice.get("/app/x").status() == 401);
            assertThat(bob.get("/app/x").status()).isEqualTo(200);
        }

        String log = String.join("\n", server.log().messages());
        assertThat(log).containsOnlyOnce("tls.key] is ignored: ").doesNotContain("BEGIN");
        assertThat(log).doesNotContain(ALICE.privateKeyPem().split("\n", -1)[1]);
    }

    private Path version(String name, String certificate, String list) throws IOException {
        Path version = Files.createDirectory(folder.resolve(name));
        Files.writeString(version.resolve("tls.crt"), certificate);
        Files.writeString(version.resolve("ca.crt"), certificate);
        Files.writeString(version.resolve("tls.key"), ALICE.privateKeyPem());
        Files.writeString(version.resolve("roles.list"), list);
        return version;
    }
}
