/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong now = new AtomicLong();
    private final RateLimit limit = new RateLimit(3, 1, now::get);

    @Test
    void refusesWhatIsBeyondTheBurstUntilTheBucketFills() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.allows("a")).isTrue();
        }
        assertThat(limit.allows("a")).isFalse();
        assertThat(limit.allows("b")).isTrue();

        now.addAndGet(1_000_000_000L);

        assertThat(limit.allows("a")).isTrue();
        assertThat(limit.allows("a")).isFalse();
    }

    @Test
    void takesATokenOnlyWithItsCertificateAndOfThisProcess() {
        ChangeToken tokens = new ChangeToken(new SecureRandom());
        ChangeToken restarted = new ChangeToken(new SecureRandom());

        assertThat(tokens.isValid(tokens.of("sha256:aa"), "sha256:aa")).isTrue();
        assertThat(tokens.isValid(tokens.of("sha256:aa"), "sha256:ab")).isFalse();
        assertThat(restarted.isValid(tokens.of("sha256:aa"), "sha256:aa")).isFalse();
        assertThat(tokens.isValid(null, "sha256:aa")).isFalse();
        assertThat(tokens.isValid("", "sha256:aa")).isFalse();
    }

    @Test
    void takesAGateForOneInFrontOnlyByWholePartsOfItsName() {
        assertThat(ConsoleGate.isInFrontOf("Catalina", "Catalina/localhost/console"))
                .isTrue();
        assertThat(ConsoleGate.isInFrontOf("Catalina/localhost/console", "Catalina/localhost/console"))
                .isTrue();
        assertThat(ConsoleGate.isInFrontOf("Catalina/localhost/app", "Catalina/localhost/console"))
                .isFalse();
        assertThat(ConsoleGate.isInFrontOf("Catalina/local", "Catalina/localhost/console"))
                .isFalse();
    }
}
