/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GateMonitor;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.naming.NameNotFoundException;

/** A gate in JMX over a folder with the certificate of alice, until closed. */
final class OpenedGate implements AutoCloseable {

    static final TestCertificate ALICE = TestCertificate.named("CN=alice").build();

    private final Gate gate;
    private final GateMonitor monitor;

    OpenedGate(String name, Path folder, String mode) throws IOException {
        Files.createDirectories(folder);
        ALICE.writePem(folder.resolve("alice.pem"));
        OpenGate open = Settings.parse(Map.of("store", folder.toString(), "mode", mode), new OnDisk())
                .open(name, InstantSource.system(), Runnable::run);
        gate = open.gate();
        monitor = open.monitor(gate::refresh);
        monitor.register();
    }

    /** Decides on a request with this certificate. */
    void decide(TestCertificate client) {
        gate.decide((Exchange) Proxy.newProxyInstance(
                OpenedGate.class.getClassLoader(), new Class<?>[] {Exchange.class}, (proxy, method, arguments) -> {
                    if (method.getName().endsWith("Certificates") && method.getParameterCount() == 0) {
                        return new X509Certificate[] {client.certificate()};
                    }
                    Class<?> type = method.getReturnType();
                    if (type == boolean.class) {
                        return false;
                    }
                    return type == String.class ? "/" : List.of();
                }));
    }

    @Override
    public void close() {
        monitor.close();
    }

    /** Knows paths only. */
    private static final class OnDisk implements ContainerResources {
        @Override
        public Object lookup(String name) throws NameNotFoundException {
            throw new NameNotFoundException(name);
        }

        @Override
        public Object lookupGlobal(String name) throws NameNotFoundException {
            throw new NameNotFoundException(name);
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }
}
