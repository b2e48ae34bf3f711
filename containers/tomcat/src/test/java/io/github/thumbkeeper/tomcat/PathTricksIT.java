/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CVE-2026-0976 and similar: no spelling of a guarded path makes it an excluded one. */
class PathTricksIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();

    /** A gate that reads the path in another way than the container would let each of these pass. */
    private static final List<String> TRICKS = List.of(
            "/app/public/../private",
            "/app/public/..;/private",
            "/app/public/..;x=y/private",
            "/app/public/%2e%2e/private",
            "/app/public/%2e%2e;/private",
            "/app/public/.%2e/private",
            "/app/public/%252e%252e/private",
            "/app/public/..%2fprivate",
            "/app/public%2f..%2fprivate",
            "/app/public/..%5cprivate",
            "/app/public\\..\\private",
            "/app/public/..\\private",
            "/app/public/.;/../private",
            "/app/public/./../private",
            "/app/public/x/../../private",
            "/app/public/x/..;/..;/private",
            "/app/public//../private",
            "/app/public/;/../private",
            "/app//public/x",
            "//app/public/x",
            "/app/./public/x",
            "/app/x/../public/x",
            "/app/public/x;",
            "/app/public;a=b/x",
            "/app/public/x;jsessionid=1",
            "/app/;/public/x",
            "/app;x/public/x",
            "/app/%70ublic/x",
            "/app/publi%63/x",
            "/app/PUBLIC/x",
            "/app/Public/x",
            "/APP/public/x",
            "/app/public./x",
            "/app/public%20/x",
            "/app/public%00/x",
            "/app/public%0a/x",
            "/app/public%09/x",
            "/app/publicx",
            "/app/public.txt",
            "/app/public-x/y",
            "/app/xpublic/y",
            "/app/private/public/x",
            "/app/health/",
            "/app/health/x",
            "/app/health;x",
            "/app/health%20",
            "/app/health.",
            "/app/healthx",
            "/app/%68ealth",
            "/app/x.css/private",
            "/app/private/x.css;",
            "/app/private/x%2ecss",
            "/app/private/x.css%00",
            "/app/private/x.CSS",
            "/app/private/x.css.",
            "/app/%EF%BC%8Fpublic/x",
            "/app/public/%c0%ae%c0%ae/private",
            "/app/public/\u00e4",
            "http://localhost/app/public/../private",
            "http://localhost/app/private?/public/x",
            "/app/private?/../public/x",
            "/app/private#/public/x",
            "/app/private?exclude=/public/x");

    /** These are the plain paths, and pass: otherwise the test above would prove nothing. */
    private static final List<String> EXCLUDED = List.of(
            "/app/public/y",
            "/app/public",
            "/app/health",
            "/app/any/style.css",
            "/app/public/x/",
            "/app/public/y?a=/../b");

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void everyTrickIsRefused(FrontEnd frontEnd) throws Exception {
        try (TestTomcat tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class)) {
            tomcat.addPlainHttp();
            Context context = tomcat.addContext("/app");
            GuardedApp.install(tomcat, context);
            Map<String, String> settings =
                    Map.of("thumbprints", "ab".repeat(32), "exclude", "/public/*; /health *.css");
            try (CapturedLog log = new CapturedLog()) {
                frontEnd.guard(context, settings);
                tomcat.start();
                assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-412"));

                assertThat(statuses(tomcat, EXCLUDED)).containsOnly(200);
                List<String> passed = new ArrayList<>();
                for (String trick : TRICKS) {
                    String answer = RawHttp.send(tomcat.http(""), "GET " + trick + " HTTP/1.1");
                    if (answer.contains("app REQUEST")
                            || RawHttp.status(answer) == 200
                            || RawHttp.status(answer) >= 500) {
                        passed.add(trick + " " + answer.lines().findFirst().orElse(""));
                    }
                }
                assertThat(passed).isEmpty();
            }
        }
    }

    private static List<Integer> statuses(TestTomcat tomcat, List<String> paths) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String path : paths) {
            statuses.add(RawHttp.status(RawHttp.send(tomcat.http(""), "GET " + path + " HTTP/1.1")));
        }
        return statuses;
    }
}
