/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/** Settings of a gate that checks revocation, with one authority and a time limit of one second. */
final class RevocationFixture implements AutoCloseable {

    static final TestCertificate ROOT = TestCertificate.named("CN=Root").ca().build();
    static final int BUDGET_MILLIS = 1000;

    final Map<String, String> given = new HashMap<>();
    final Counters counters = new Counters();
    final ExecutorService executor = Executors.newFixedThreadPool(4);
    InstantSource clock = InstantSource.system();
    private final Path folder;
    private final StringBuilder listed = new StringBuilder();

    RevocationFixture(Path folder) {
        this.folder = folder;
        given.put("validateTrust", "true");
        given.put("validateRevocation", "true");
        given.put("revocationTimeout", "1s");
        given.put("trustStore", write("root.pem", ROOT.pem().getBytes(StandardCharsets.US_ASCII)));
    }

    /** Lists a certificate. */
    void list(TestCertificate certificate) {
        listed.append(' ').append(certificate.sha256());
        given.put("thumbprints", listed.toString());
    }

    Gate open() {
        return Settings.parse(given, new FakeResources()).open(counters, clock, executor);
    }

    String write(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Reason decide(Gate gate, TestCertificate... chain) {
        X509Certificate[] certificates = new X509Certificate[chain.length];
        for (int i = 0; i < chain.length; i++) {
            certificates[i] = chain[i].certificate();
        }
        Verdict verdict = gate.decide(FakeExchange.showing(certificates));
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    /** Adds responders to a certificate. */
    static TestCertificate.Builder ocsp(TestCertificate.Builder builder, String... urls) {
        ASN1Encodable[] descriptions = new ASN1Encodable[urls.length];
        for (int i = 0; i < urls.length; i++) {
            descriptions[i] = new AccessDescription(
                    AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, urls[i]));
        }
        return builder.extension("1.3.6.1.5.5.7.1.1", false, der(new DERSequence(descriptions)));
    }

    /** Adds distribution points to a certificate. */
    static TestCertificate.Builder points(TestCertificate.Builder builder, String... urls) {
        DistributionPoint[] points = new DistributionPoint[urls.length];
        for (int i = 0; i < urls.length; i++) {
            GeneralName name = new GeneralName(GeneralName.uniformResourceIdentifier, urls[i]);
            points[i] = new DistributionPoint(new DistributionPointName(new GeneralNames(name)), null, null);
        }
        return builder.extension("2.5.29.31", false, der(new CRLDistPoint(points)));
    }

    private static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded("DER");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
