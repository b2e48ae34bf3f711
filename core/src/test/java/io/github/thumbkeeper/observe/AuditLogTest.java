/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLogTest {

    /** A line feed, a terminal escape sequence, and a character that reverses the direction of the text. */
    private static final String EVIL = "x\nSEVERE forged\r\u001B[31m\u202E\u2028\u0085{0}";

    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final AuditLog audit =
            new AuditLog("Catalina/localhost/app", "expected a connector that asks", () -> "3 entries", clock);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0} is logged by OutageLog, not for each request")
    @EnumSource(names = {"NO_LIST", "STALE_LIST"})
    void isSilentDuringAnOutage(Reason reason) {
        audit.refused(Refusals.of(reason, null));

        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NO_LIST", "STALE_LIST"})
    void logsEachRefusal(Reason reason) {
        audit.refused(Refusals.of(reason, null));

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith((reason == Reason.INTERNAL ? "SEVERE " : "WARNING ") + reason.code()
                        + " refused GET [/app/orders]")
                .contains("from [192.0.2.7] at gate [Catalina/localhost/app]: " + reason.text())
                .endsWith("; urn:uuid:" + Refusals.ID);
    }

    @Test
    @DisplayName("the thumbprint has the form of the settings")
    void showsTheCertificateAndTheList() {
        audit.refused(Refusals.of(Reason.NOT_LISTED, MALLORY.certificate()));

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("certificate [sha256:" + MALLORY.sha256()
                        + "] subject [CN=mallory] issuer [CN=mallory]; listed: 3 entries");
    }

    /** RemoteIpValve and others rewrite the remote address from a header. */
    @Test
    void showsThePeerAndTheRemoteAddressIfItDiffers() {
        Verdict.Refused verdict = Refusals.verdict(Reason.NOT_LISTED, true);
        audit.refused(new Refusal(verdict, "GET", "/", "10.0.0.1", "203.0.113.9\r\nx", null, null));
        audit.refused(new Refusal(verdict, "GET", "/", "10.0.0.1", "10.0.0.1", null, null));

        assertThat(log.lines().get(0))
                .contains("refused GET [/] from [10.0.0.1] (remote address [203.0.113.9\\u000D\\u000Ax]) at gate"
                        + " [Catalina/localhost/app]: the certificate is not listed");
        assertThat(log.lines().get(1)).contains("refused GET [/] from [10.0.0.1] at gate [Catalina/localhost/app]: ");
    }

    @Test
    void saysWhatIsNeededForACertificate() {
        audit.refused(Refusals.of(Reason.NO_CERTIFICATE, null));
        audit.refused(Refusals.of(Reason.NOT_LISTED, MALLORY.certificate()));

        assertThat(log.lines().get(0)).contains(": no client certificate; expected a connector that asks; urn:uuid:");
        assertThat(log.lines().get(1)).doesNotContain("a connector that asks");
    }

    @Test
    void logsThatTheRequestWouldHaveBeenRefused() {
        audit.refused(new Refusal(Refusals.verdict(Reason.EXPIRED, false), "GET", "/", "peer", null, null));

        assertThat(log.lines()).singleElement().asString().contains("TK-102 would have refused GET [/]");
    }

    @Test
    @DisplayName("text of the client cannot forge a line (threats 1.8)")
    void escapesWhatTheClientSends() {
        TestCertificate evil =
                TestCertificate.named("CN=\"" + EVIL.replace("\r", "") + "\"").build();
        audit.refused(new Refusal(
                Refusals.verdict(Reason.NOT_LISTED, true), EVIL, "/" + EVIL, EVIL, evil.certificate(), null));

        assertThat(log.lines())
                .singleElement()
                .asString()
                .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u202E]")
                .contains("x\\u000ASEVERE forged\\u000D\\u001B[31m\\u202E\\u2028\\u0085{0}");
    }

    @Test
    @DisplayName("text of the client in an exception cannot forge a line either (threats 1.8)")
    void escapesMessagesOfExceptions() {
        IllegalStateException failure = new IllegalStateException(EVIL, new IllegalArgumentException(EVIL));
        failure.addSuppressed(new IllegalStateException(EVIL));
        audit.refused(new Refusal(Refusals.verdict(Reason.INTERNAL, true), "GET", "/", "peer", null, failure));

        assertThat(log.text())
                .contains("java.lang.IllegalStateException")
                .contains("java.lang.IllegalArgumentException")
                .contains("at " + getClass().getName())
                .doesNotContainPattern("(?m)^SEVERE forged")
                .doesNotContain("\u001B", "\u202E", "\u2028");
    }

    @Test
    void showsTheClassOfTheFailureAtAnyDepth() {
        Throwable failure = new StackOverflowError();
        for (int i = 0; i < 1000; i++) {
            failure = new IllegalStateException("level " + i, failure);
        }
        audit.refused(new Refusal(Refusals.verdict(Reason.INTERNAL, true), "GET", "/", "peer", null, failure));

        assertThat(log.text()).contains("level 999").doesNotContain("level 900");
    }

    @Test
    void truncatesLongText() {
        audit.refused(new Refusal(
                Refusals.verdict(Reason.NOT_LISTED, true), "G".repeat(9999), "/".repeat(9999), "p", null, null));

        assertThat(log.lines()).singleElement().asString().hasSizeLessThan(500);
    }

    @Test
    @DisplayName("a refusal with a certificate that throws is logged too (row 131)")
    void logsCertificatesThatCannotBeEncoded() {
        audit.refused(Refusals.of(Reason.MALFORMED, new ForeignCertificate(MALLORY.certificate(), () -> {
            throw new CertificateEncodingException(EVIL);
        })));
        audit.refused(Refusals.of(Reason.INTERNAL, new ForeignCertificate(MALLORY.certificate(), () -> {
            throw new NoClassDefFoundError(EVIL);
        })));

        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().get(0)).contains("certificate [none: java.security.cert.CertificateEncodingException]");
        assertThat(log.lines().get(1)).contains("certificate [none: java.lang.NoClassDefFoundError]");
    }
}
