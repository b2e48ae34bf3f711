/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every proxy forwards every one of a thousand certificates unchanged. */
@Slow
class ProxyCertificatesIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").rsa(2048).ipAddress("127.0.0.1").build();

    private static List<TestCertificate> certificates;

    @TempDir
    private static Path lists;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws Exception {
        certificates = ManyCertificates.of(1000);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < certificates.size(); i++) {
            if (isListed(i)) {
                list.append("sha256:")
                        .append(certificates.get(i).sha256())
                        .append(" label=client-")
                        .append(i)
                        .append('\n');
            }
        }
        Files.writeString(store(), list);
    }

    @ParameterizedTest
    @NeedsProgram
    @CsvSource({
        "NGINX, nginx.conf, nginx.xml, 1000",
        "HAPROXY, haproxy.cfg, haproxy.xml, 1000",
        "HAPROXY, haproxy-rfc9440.cfg, haproxy-rfc9440.xml, 200",
        "HTTPD, httpd.conf, httpd.xml, 1000"
    })
    void forwardsEveryCertificateUnchanged(ProxyProgram program, String proxyRecipe, String valveRecipe, int count)
            throws Exception {
        program.path();
        try (TwoFrontEnds tomcat = new TwoFrontEnds()
                        .connectors(ProxyRecipe.connector())
                        .start(ProxyRecipe.settings(valveRecipe, store()), ProxyRecipe.filterOnly());
                RealProxy proxy = RealProxy.start(program, proxyRecipe, tomcat.plain(), SERVER, folder)) {
            assertThat(wrongOnes(proxy, count)).as(proxy.log()).isEmpty();
        }
    }

    /** Checks the input of the other test. */
    @Test
    void certificatesDifferInSizeAndContainAllOfBase64() {
        List<Integer> sizes = certificates.stream()
                .map(certificate -> certificate.der().length)
                .sorted()
                .toList();

        assertThat(sizes.get(0)).isLessThan(512);
        assertThat(sizes.get(sizes.size() - 1)).isBetween(8000, ManyCertificates.LARGEST);
        for (String part : List.of("+", "/", "=", "==")) {
            assertThat(certificates)
                    .filteredOn(certificate -> Base64.getEncoder()
                            .encodeToString(certificate.der())
                            .contains(part))
                    .as(part)
                    .hasSizeGreaterThan(100);
        }
    }

    private static Path store() {
        return lists.resolve("clients.txt");
    }

    private static boolean isListed(int i) {
        return i % 3 != 0;
    }

    private static List<String> wrongOnes(RealProxy proxy, int count) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> asked = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                asked.add(clients.submit(() -> wrong(proxy, number)));
            }
            List<String> all = new ArrayList<>();
            for (Future<List<String>> one : asked) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sends a request to both applications over one connection; every second one uses TLS 1.2. */
    private static List<String> wrong(RealProxy proxy, int i) throws IOException {
        TestCertificate certificate = certificates.get(i);
        SSLContext tls =
                TlsClient.trusting(SERVER.certificate()).presenting(certificate).sslContext();
        List<String> wrong = new ArrayList<>();
        try (RawConnection connection = RawConnection.open(proxy.uri("/"), tls, i % 2 == 0 ? "TLSv1.3" : "TLSv1.2")) {
            for (FrontEnd frontEnd : FrontEnd.values()) {
                RawConnection.Answer answer = connection.get(TwoFrontEnds.path(frontEnd));
                boolean right = isListed(i)
                        ? answer.body().startsWith(TwoFrontEnds.seen("client-" + i, certificate))
                        : answer.status() == 401;
                if (!right) {
                    wrong.add(frontEnd + " answered client-" + i + " with " + answer.status() + ":\n"
                            + certificate.pem());
                }
            }
        }
        return wrong;
    }
}
