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
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Certificates that the JDK reads without their extensions, because another element stands in the way, in every way in which
 * certificates come in.
 */
class MalformedCertificateTest {

    private static final String PASSWORD = "changeit";
    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate GOOD =
            TestCertificate.named("CN=good").issuedBy(ROOT).build();
    private static final TestCertificate HIDING =
            Objects.requireNonNull(MalformedCertificate.NULL_BEFORE_EXTENSIONS.of("CN=hiding", ROOT));

    @TempDir
    private Path folder;

    private final FakeResources resources = new FakeResources();
    private final Map<String, String> given = new HashMap<>();

    static Stream<TestCertificate> readByTheJdk() {
        return Stream.of(MalformedCertificate.values())
                .filter(each -> each != MalformedCertificate.SOUND)
                .map(each -> each.of("CN=" + each, ROOT))
                .filter(Objects::nonNull);
    }

    @ParameterizedTest
    @MethodSource("readByTheJdk")
    @DisplayName("a listed certificate for servers that hides what it is for is refused as malformed")
    void refusesALeafWithHiddenExtensions(TestCertificate hiding) throws Exception {
        given.put("thumbprints", hiding.sha256());
        given.put("validateTrust", "true");
        given.put("trustStore", write("root.pem", ROOT));

        assertThat(decide(FakeExchange.of(hiding.certificate()))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void admitsASoundLeafForServersOnlyWithoutValidateTrust() throws Exception {
        TestCertificate sound = Objects.requireNonNull(MalformedCertificate.SOUND.of("CN=sound", ROOT));
        given.put("thumbprints", sound.sha256());
        assertThat(decide(FakeExchange.of(sound.certificate()))).isNull();

        given.put("validateTrust", "true");
        given.put("trustStore", write("root.pem", ROOT));
        assertThat(decide(FakeExchange.of(sound.certificate()))).isEqualTo(Reason.NOT_FOR_CLIENTS);
    }

    @ParameterizedTest
    @MethodSource("readByTheJdk")
    void refusesALeafWithHiddenExtensionsThatIsListedByThumbprint(TestCertificate hiding) throws Exception {
        given.put("thumbprints", hiding.sha256());

        assertThat(decide(FakeExchange.of(hiding.certificate()))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @EnumSource
    void refusesAMalformedCertificateInAHeader(ForwardedAs as) throws Exception {
        if (as == ForwardedAs.RFC9440) {
            assertThat(HIDING.certificate().getExtendedKeyUsage()).isNull();
        }
        given.put("thumbprints", HIDING.sha256());
        given.put("certificateHeader", as.format());
        given.put("trustedProxies", "10.0.0.1");

        FakeExchange exchange =
                FakeExchange.withoutCertificate().peer("10.0.0.1").header(as.header(), as.encode(HIDING.certificate()));
        assertThat(decide(exchange)).isEqualTo(Reason.HEADER_MALFORMED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void refusesToStartWithAMalformedCertificate(Place place) throws Exception {
        given.put("thumbprints", GOOD.sha256());
        place.put(this, ROOT.certificate());
        assertThat(decide(FakeExchange.withoutCertificate())).isEqualTo(Reason.NO_CERTIFICATE);

        for (TestCertificate hiding : readByTheJdk().toList()) {
            place.put(this, hiding.certificate());
            SettingsException refused = catchThrowableOfType(SettingsException.class, this::open);
            assertThat(refused)
                    .as("" + hiding.certificate().getSubjectX500Principal())
                    .isNotNull();
            assertThat(refused.problems()).singleElement().asString().contains("TK-302", "malformed");
        }
    }

    /** Puts a certificate somewhere. */
    private record Place(String name, Putting putting) {
        void put(MalformedCertificateTest test, X509Certificate certificate) throws Exception {
            putting.put(test, certificate);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    private interface Putting {
        void put(MalformedCertificateTest test, X509Certificate certificate) throws Exception;
    }

    static Stream<Place> places() {
        return Stream.of(
                new Place("a DER file", (test, one) -> test.given.put("store", test.write("a.der", one.getEncoded()))),
                new Place("a PEM file", (test, one) -> test.given.put("store", test.pem(one))),
                new Place("a directory", (test, one) -> {
                    test.pem(one);
                    test.given.put("store", test.folder.toString());
                }),
                new Place(
                        "a PKCS12 file",
                        (test, one) -> test.given.putAll(
                                Map.of("store", test.keyStore("PKCS12", one), "storePassword", PASSWORD))),
                new Place(
                        "a JKS file",
                        (test, one) -> test.given.putAll(
                                Map.of("store", test.keyStore("JKS", one), "storePassword", PASSWORD))),
                new Place("a bound certificate", (test, one) -> test.bind("store", one)),
                new Place("a bound array", (test, one) -> test.bind("store", new X509Certificate[] {one})),
                new Place("a bound collection", (test, one) -> test.bind("store", List.of(one))),
                new Place("a bound key store", (test, one) -> test.bind("store", loaded("PKCS12", one))),
                new Place("a file of denied ones", (test, one) -> test.given.put("deny", test.pem(one))),
                new Place("a trust store in PEM", (test, one) -> test.trust(test.pem(one))),
                new Place("a trust store in PKCS12", (test, one) -> {
                    test.given.put("trustStorePassword", PASSWORD);
                    test.trust(test.keyStore("PKCS12", one));
                }),
                new Place("a bound trust store", (test, one) -> {
                    test.given.put("validateTrust", "true");
                    test.bind("trustStore", loaded("PKCS12", one));
                }));
    }

    private void trust(String location) {
        given.put("validateTrust", "true");
        given.put("trustStore", location);
    }

    private void bind(String setting, Object object) {
        resources.bind("java:comp/env/bound", object);
        given.put(setting, "java:comp/env/bound");
    }

    private String pem(X509Certificate certificate) throws IOException {
        return write("a.pem", ForwardedAs.pem(certificate).getBytes(StandardCharsets.US_ASCII));
    }

    private String keyStore(String type, X509Certificate certificate) throws Exception {
        Path file = folder.resolve("a." + type);
        try (OutputStream out = Files.newOutputStream(file)) {
            loaded(type, certificate).store(out, PASSWORD.toCharArray());
        }
        return file.toString();
    }

    private static KeyStore loaded(String type, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("a", certificate);
        return store;
    }

    private String write(String name, TestCertificate certificate) throws IOException {
        return write(name, certificate.der());
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private Gate open() {
        return Settings.parse(given, resources).open(new Counters(), InstantSource.system(), Runnable::run);
    }

    private Reason decide(FakeExchange exchange) {
        Verdict verdict = open().decide(exchange);
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }
}
