/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a certificate of which Java reads only a part is refused wherever it comes from. */
class MalformedCertificatesTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate SOUND = TestCertificate.named("CN=bob").build();
    private static final String WHY = "has an element after subjectPublicKeyInfo in tbsCertificate";

    private static final TestCertificate MALFORMED =
            Objects.requireNonNull(MalformedCertificate.NULL_BEFORE_EXTENSIONS.of("CN=alice", ROOT));

    @TempDir
    private Path folder;

    private final Map<String, String> given = new HashMap<>();
    private final FakeResources resources = new FakeResources();

    @ParameterizedTest
    @ValueSource(strings = {"store", "deny", "trustStore"})
    void refusesToStartWithAMalformedCertificateInAFile(String setting) throws IOException {
        given.put("validateTrust", "true");
        given.put("trustStore", file("root.pem", ROOT));
        if (!setting.equals("store")) {
            given.put("thumbprints", SOUND.sha256());
        }
        MALFORMED.writeDer(folder.resolve("alice.der"));
        Path authorities = Files.createDirectory(folder.resolve("clients"));
        SOUND.writePem(authorities.resolve("bob.pem"));
        MALFORMED.writePem(authorities.resolve("alice.pem"));

        for (String location : List.of("alice.der", "clients", "clients/alice.pem")) {
            given.put(setting, folder.resolve(location).toString());
            assertThat(problem()).contains(WHY, "alice.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void refusesToStartWithAMalformedCertificateInAKeyStore(String type) {
        Path file = folder.resolve("clients.store");
        TestKeyStores.writeTrusted(
                file, type, "secret", Map.of("bob", SOUND.certificate(), "alice", MALFORMED.certificate()));
        given.put("store", file.toString());
        given.put("storePassword", "secret");

        assertThat(problem()).contains("clients.store", "has under alias [alice] a certificate that " + WHY);
    }

    static Stream<Arguments> bound() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        keyStore.setCertificateEntry("alice", MALFORMED.certificate());
        return Stream.<Object>of(
                        keyStore,
                        MALFORMED.certificate(),
                        new X509Certificate[] {SOUND.certificate(), MALFORMED.certificate()},
                        List.of(SOUND.certificate(), MALFORMED.certificate()))
                .map(object -> Arguments.of(object));
    }

    @ParameterizedTest
    @MethodSource("bound")
    void refusesToStartWithAMalformedCertificateInABoundObject(Object object) {
        resources.bind("java:comp/env/cert/clients", object);
        given.put("store", "java:comp/env/cert/clients");

        assertThat(problem()).contains("java:comp/env/cert/clients", WHY);
    }

    @Test
    void refusesAMalformedCertificateFromAProxy() {
        given.put("thumbprints", MALFORMED.sha256());
        given.put("trustedProxies", "127.0.0.1");
        for (ForwardedAs format : List.of(ForwardedAs.RFC9440, ForwardedAs.NGINX, ForwardedAs.HAPROXY)) {
            given.put("certificateHeader", format.name().toLowerCase(Locale.ROOT));
            FakeExchange exchange = FakeExchange.withoutCertificate()
                    .peer("127.0.0.1")
                    .header(format.header(), format.encode(MALFORMED.certificate()));

            assertThat(decide(exchange)).isEqualTo(Reason.HEADER_MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "validateTrust=true",
                "identities=common-name='alice' public-key='sha256/PIN'",
                "keyUsage=digitalSignature"
            })
    void refusesAMalformedCertificateOfTheConnectionIfItsContentCounts(String setting) {
        given.put("thumbprints", MALFORMED.sha256());
        given.put("trustStore", file("root.pem", ROOT));
        int end = setting.indexOf('=');
        given.put(setting.substring(0, end), setting.substring(end + 1).replace("PIN", MALFORMED.pin()));
        if (!given.containsKey("validateTrust")) {
            given.remove("trustStore");
        }

        assertThat(decide(FakeExchange.of(MALFORMED.certificate()))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void admitsAMalformedCertificateIfOnlyItsThumbprintCounts() {
        given.put("thumbprints", MALFORMED.sha256());

        assertThat(decide(FakeExchange.of(MALFORMED.certificate()))).isNull();
    }

    private String problem() {
        SettingsException refused = catchThrowableOfType(SettingsException.class, this::open);
        return String.join("\n", refused.problems());
    }

    private Reason decide(FakeExchange exchange) {
        return open().decide(exchange) instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    private Gate open() {
        return Settings.parse(given, resources).open(new Counters(), InstantSource.system(), Runnable::run);
    }

    private String file(String name, TestCertificate certificate) {
        certificate.writePem(folder.resolve(name));
        return folder.resolve(name).toString();
    }
}
