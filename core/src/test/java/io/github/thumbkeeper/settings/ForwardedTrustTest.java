/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chains that a proxy forwards: what a path may be found with, and never more than a claim. */
class ForwardedTrustTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate SUB =
            TestCertificate.named("CN=Sub").ca().issuedBy(ROOT).build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(SUB).build();
    private static final TestCertificate ROGUE =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate FORGED =
            TestCertificate.named("CN=alice").issuedBy(ROGUE).build();

    @TempDir
    private Path folder;

    @Test
    void findsThePathWithTheChainOfRfc9440() {
        Gate gate = gate(ForwardedAs.RFC9440, ForwardedAs.RFC9440.format());

        assertThat(decide(gate, rfc9440(ALICE))).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(decide(
                        gate,
                        rfc9440(ALICE).header("Client-Cert-Chain", ForwardedAs.RFC9440.encode(SUB.certificate()))))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"TRAEFIK", "XFCC", "AWS_ALB"})
    void findsThePathWithWhatStandsBehindTheLeaf(ForwardedAs as) {
        boolean aws = as == ForwardedAs.AWS_ALB;
        String name = aws ? "X-Amzn-Mtls-Clientcert" : as.header();
        Gate gate = gate(as, as.format() + " " + name);

        assertThat(decide(gate, header(name, as.encode(ALICE.certificate())))).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(decide(gate, header(name, as.encode(ALICE.certificate(), SUB.certificate()))))
                .isNull();
        assertThat(decide(gate, header(name, as.encode(SUB.certificate(), ALICE.certificate()))))
                .as("CVE-2023-2422: the first is the client's, and no other is ever looked for in the list")
                .isEqualTo(Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("a chain that the client has made up proves nothing: an authority of the same name is another one")
    void believesNoClaimOfAnAuthority() {
        Gate gate = gate(ForwardedAs.RFC9440, ForwardedAs.RFC9440.format());

        assertThat(decide(
                        gate,
                        rfc9440(FORGED).header("Client-Cert-Chain", ForwardedAs.RFC9440.encode(ROGUE.certificate()))))
                .isEqualTo(Reason.NOT_TRUSTED);
        assertThat(decide(
                        gate,
                        rfc9440(FORGED).header("Client-Cert-Chain", ForwardedAs.RFC9440.encode(ROOT.certificate()))))
                .isEqualTo(Reason.NOT_TRUSTED);
    }

    private Gate gate(ForwardedAs as, String header) {
        Path root = folder.resolve(as + ".pem");
        ROOT.writePem(root);
        FakeResources resources = new FakeResources();
        resources.file(root.toString(), root);
        return Settings.parse(
                        Map.of(
                                "thumbprints",
                                ALICE.sha256() + " " + FORGED.sha256(),
                                "certificateHeader",
                                header,
                                "trustedProxies",
                                "10.0.0.0/8",
                                "validateTrust",
                                "true",
                                "trustStore",
                                root.toString()),
                        resources)
                .open(new Counters(), new MovableClock(Instant.now()));
    }

    private static FakeExchange rfc9440(TestCertificate certificate) {
        return header("Client-Cert", ForwardedAs.RFC9440.encode(certificate.certificate()));
    }

    private static FakeExchange header(String name, String value) {
        // The proxy's own certificate takes no part in it.
        return FakeExchange.showing(new X509Certificate[] {ALICE.certificate(), SUB.certificate()})
                .peer("10.0.0.1")
                .header(name, value);
    }

    private static Reason decide(Gate gate, FakeExchange exchange) {
        Verdict verdict = gate.decide(exchange);
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }
}
