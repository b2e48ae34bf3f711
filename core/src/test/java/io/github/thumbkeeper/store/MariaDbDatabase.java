/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.OutsideProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** A MariaDB server for one test class. */
final class MariaDbDatabase implements TestDatabase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String kill;
    private final Process server;
    private final MariaDbDataSource source;

    MariaDbDatabase(Path folder) throws IOException, InterruptedException, SQLException {
        String program = OutsideProgram.MARIADB.path();
        String installer = OutsideProgram.MARIADB_INSTALL.path();
        kill = OutsideProgram.KILL.path();
        Files.createDirectories(folder);
        Path data = folder.resolve("data");
        Path log = folder.resolve("log");
        List<String> common =
                List.of("--no-defaults", "--datadir=" + data, "--user=" + System.getProperty("user.name"));
        Process install = start(log, installer, common, "--auth-root-authentication-method=normal");
        assertThat(install.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(install.exitValue()).as(log + ": " + Files.readString(log)).isZero();
        int port = freePort();
        server = start(
                log,
                program,
                common,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + folder.resolve("s"),
                "--pid-file=" + folder.resolve("pid"));
        source = new MariaDbDataSource("jdbc:mariadb://127.0.0.1:" + port + "/test?user=root&connectTimeout=1000");
        awaitConnection(log);
    }

    private static Process start(Path log, String program, List<String> common, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(common);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitConnection(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!accepts()) {
            if (server.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
                server.destroy();
                throw new AssertionError("mariadbd has not come up: " + Files.readString(log));
            }
        }
    }

    private boolean accepts() {
        try (Connection connection = source.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Makes the server go silent, as if its cable were pulled, or go on. */
    void freeze(boolean frozen) throws IOException, InterruptedException {
        assertThat(server.isAlive()).isTrue();
        Process signal = new ProcessBuilder(kill, frozen ? "-STOP" : "-CONT", Long.toString(server.pid())).start();
        assertThat(signal.waitFor()).isZero();
    }

    @Override
    public DataSource source() {
        return source;
    }

    @Override
    public String ddl() {
        return "mariadb.sql";
    }

    /** Its driver does not pass the wish on. */
    @Override
    public boolean refusesToWrite() {
        return false;
    }

    @Override
    public String numbers(int count) {
        return "SELECT seq AS n FROM seq_1_to_" + count;
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
