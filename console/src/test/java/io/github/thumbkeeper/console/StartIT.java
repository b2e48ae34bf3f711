/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the console does not start. */
class StartIT {

    @ParameterizedTest
    @CsvSource({
        "admins, ",
        "admins, ''",
        "admins, /does/not/exist.txt",
        "gate.mode, report",
        "gate.mode, enforce",
        "gate.noCertificate, anonymous",
        "gate.exclude, /*",
        "gate.corsPreflight, always",
        "gate.allowEmptyStore, true",
        "gate.storeUnavailable, refuse-requests",
        "gate.identities, common-name=alice",
        "gate.roles, editor",
        "gate.roleMapping, *=editor",
        "gate.includeKeyEntries, true",
        "gate.validateNotAfter, false",
        "gate.clockSkew, 1h",
        "gate.principal, subject",
        "gate.store, other.txt",
        "gate.typo, x",
        "list, relative/folder",
        "list, /does/not/exist",
        "list, java:comp/env/jdbc/missing",
    })
    void doesNotStart(String parameter, String value) throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().with(parameter, value).start()) {
            assertThat(tomcat.isUp()).isFalse();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").statusCode())
                    .isIn(404, 503);
        }
    }

    @ParameterizedTest
    @CsvSource({"report, false", "annotate, false", "enforce, true"})
    void startsOnlyBehindAGateThatEnforces(String mode, boolean up) throws Exception {
        ObjectName name = new ObjectName("io.github.thumbkeeper:type=Gate,name=\"Tomcat/localhost\"");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        server.registerMBean(new StandardMBean(gate("Tomcat/localhost", mode), GateMXBean.class, true), name);
        try (ConsoleTomcat tomcat = new ConsoleTomcat().start()) {
            assertThat(tomcat.isUp()).isEqualTo(up);
        } finally {
            server.unregisterMBean(name);
        }
    }

    /** Tomcat starts the applications of an engine or host before the valves of its pipeline. */
    @ParameterizedTest
    @CsvSource({
        "Tomcat, report, 503",
        "Tomcat/localhost, annotate, 503",
        "Tomcat/localhost, enforce, 200",
        "Tomcat/localhost/other, report, 200",
        "Tomcat/localhost/con, report, 200",
    })
    void answersNothingBehindAGateThatStartsLaterAndDoesNotEnforce(String gate, String mode, int status)
            throws Exception {
        ObjectName name = new ObjectName("io.github.thumbkeeper:type=Gate,name=\"" + gate + "\"");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (ConsoleTomcat tomcat = new ConsoleTomcat().start()) {
            server.registerMBean(new StandardMBean(gate(gate, mode), GateMXBean.class, true), name);
            HttpResponse<String> response = tomcat.get(ConsoleTomcat.EDITOR, "/console/");
            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
        } finally {
            server.unregisterMBean(name);
        }
    }

    private static GateMXBean gate(String name, String mode) {
        return (GateMXBean) Proxy.newProxyInstance(
                StartIT.class.getClassLoader(), new Class<?>[] {GateMXBean.class}, (proxy, method, arguments) -> {
                    Class<?> type = method.getReturnType();
                    if (type == String.class) {
                        return method.getName().equals("getName") ? name : mode;
                    }
                    return type == long.class
                            ? (Object) 0L
                            : type == int.class ? (Object) 0 : type == List.class ? List.of() : Map.of();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "gate.refreshInterval, 10s",
        "gate.tellReason, true",
        "gate.extendedKeyUsage, clientAuth",
        "gate.storeFilter, erin"
    })
    void startsWithASettingThatAdmitsOnlyListedCertificates(String parameter, String value) throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().with(parameter, value).start()) {
            assertThat(tomcat.isUp()).isTrue();
        }
    }

    @Test
    void warnsThatTheStoreOfAGateIsNotRead() throws Exception {
        ObjectName name = new ObjectName("io.github.thumbkeeper:type=Gate,name=\"other\"");
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (ConsoleTomcat tomcat = new ConsoleTomcat().start()) {
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").body()).doesNotContain("class=\"warning\"");
            server.registerMBean(new StandardMBean(gate("other", "STALE"), GateMXBean.class, true), name);
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").body())
                    .contains("class=\"warning\"")
                    .contains("<bdi>other</bdi>");
        } finally {
            server.unregisterMBean(name);
        }
    }

    @Test
    void doesNotStartWithRulesThatAdmitCertificatesThatAreNotListed(@TempDir Path folder) throws Exception {
        TestCertificate authority = TestCertificate.named("CN=authority").ca().build();
        Path roots = Files.writeString(folder.resolve("roots.pem"), authority.pem());
        try (ConsoleTomcat tomcat = new ConsoleTomcat()
                .with("gate.identities", "common-name=alice")
                .with("gate.validateTrust", "true")
                .with("gate.trustStore", roots.toString())
                .start()) {
            assertThat(tomcat.isUp()).isFalse();
        }
    }

    @Test
    void startsFromTheFileOfThePage() throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().fromFileOfThePage().start()) {
            assertThat(tomcat.isUp()).isTrue();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void startsWithoutAListAndSaysHowToSetOne() throws Exception {
        try (ConsoleTomcat tomcat = new ConsoleTomcat().with("list", null).start()) {
            assertThat(tomcat.isUp()).isTrue();
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/").body()).contains("No list is set");
            assertThat(tomcat.get(ConsoleTomcat.EDITOR, "/console/api/v1/entries")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
