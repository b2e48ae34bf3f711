/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StockTomcatIT {
    private static final String SERVER_XML = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector address="127.0.0.1" port="0" SSLEnabled="true" scheme="https" secure="true">
                  <UpgradeProtocol className="org.apache.coyote.http2.Http2Protocol"/>
                  <SSLHostConfig>
                    <Certificate certificateFile="${catalina.base}/conf/server.pem"
                                 certificateKeyFile="${catalina.base}/conf/server-key.pem" type="EC"/>
                  </SSLHostConfig>
                </Connector>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps"/>
                </Engine>
              </Service>
            </Server>
            """;

    private final TestCertificate server =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    @NeedsProgram
    void servesAFileOverBothVersionsOfHttp(int line) throws Exception {
        OutsideProgram.CURL.path();
        Path base;
        try (StockTomcat tomcat = prepared(line, SERVER_XML).start()) {
            base = tomcat.file("");
            Path trusted = tomcat.file("conf/server.pem");

            assertThat(tomcat.log()).contains("Apache Tomcat/" + line + ".");
            assertThat(Curl.get(tomcat.https("/app/index.txt"), trusted, "--http1.1"))
                    .isEqualTo(new Curl.Answer(200, "1.1", "hello\n"));
            assertThat(Curl.get(tomcat.https("/app/index.txt"), trusted, "--http2"))
                    .isEqualTo(new Curl.Answer(200, "2", "hello\n"));
            assertThat(Curl.get(tomcat.https("/manager/html"), trusted).status())
                    .isEqualTo(404);
        }
        assertThat(base).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void reportsTheLogOfAFailedStart(int line) throws Exception {
        StockTomcat.Builder broken = prepared(line, "<Server>");

        assertThatThrownBy(broken::start).hasMessageContaining("did not start").hasMessageContaining("server.xml");
        assertThat(broken.base()).doesNotExist();
    }

    private StockTomcat.Builder prepared(int line, String serverXml) throws IOException {
        return StockTomcat.line(line)
                .serverXml(serverXml)
                .file("conf/server.pem", server.pem())
                .file("conf/server-key.pem", server.privateKeyPem())
                .app("app", Map.of("index.txt", "hello\n"));
    }
}
