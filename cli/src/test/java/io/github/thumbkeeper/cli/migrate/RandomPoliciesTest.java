/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random conditions, written at once as C# and as Java: whatever the translation is, its gate admits no client that the policy
 * refuses.
 */
class RandomPoliciesTest {

    private static final String CERTIFICATE = "context.Request.Certificate";

    /** Returns the value of a condition for a client; empty if it reads a property of a missing certificate. */
    private record Formula(String csharp, Function<Client, Optional<Boolean>> java) {

        static Formula claim(String csharp, Predicate<Client> java) {
            return new Formula(
                    csharp, client -> client.isPresent() ? Optional.of(java.test(client)) : Optional.empty());
        }

        Formula not() {
            return new Formula("!(" + csharp + ")", client -> java.apply(client).map(value -> !value));
        }

        Formula or(Formula other) {
            return new Formula(
                    "(" + csharp + " || " + other.csharp + ")",
                    client ->
                            java.apply(client).flatMap(value -> value ? Optional.of(true) : other.java.apply(client)));
        }

        Formula and(Formula other) {
            return new Formula(
                    "(" + csharp + " && " + other.csharp + ")",
                    client ->
                            java.apply(client).flatMap(value -> value ? other.java.apply(client) : Optional.of(false)));
        }
    }

    private static final Formula MISSING =
            new Formula(CERTIFICATE + " == null", client -> Optional.of(!client.isPresent()));

    private static final List<Formula> CLAIMS = List.of(
            thumbprint(Client.ALICE),
            thumbprint(Client.CAROL),
            thumbprint(Client.EXPIRED),
            Formula.claim(
                    "context.Deployment.Certificates.Any(c => c.Value.Thumbprint == " + CERTIFICATE + ".Thumbprint)",
                    Client::isUploaded),
            Formula.claim(CERTIFICATE + ".Verify()", Client::verifies),
            Formula.claim(CERTIFICATE + ".VerifyNoRevocation()", Client::verifiesNoRevocation),
            Formula.claim(
                    CERTIFICATE + ".Subject == \"CN=carol, O=Example\"",
                    client -> client.hasSubject("CN=carol, O=Example")),
            Formula.claim(CERTIFICATE + ".Issuer == \"CN=Corp CA, O=Example\"", Client::hasIssuer),
            Formula.claim(CERTIFICATE + ".NotAfter > DateTime.Now", client -> !client.hasEnded()),
            Formula.claim(CERTIFICATE + ".NotBefore < DateTime.Now", Client::hasBegun));

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeFiles() throws IOException {
        Client.writeFiles(folder);
    }

    private static Formula thumbprint(Client client) {
        return Formula.claim(CERTIFICATE + ".Thumbprint == \"%" + client + "%\"", other -> other.hasThumbprint(client));
    }

    @RandomCases
    @DisplayName("a random policy is refused, or its gate admits no client that it refuses")
    void neverAdmitsMore(RandomRun run) {
        run.each(random -> {
            Formula refuses = random.between(0, 9) == 0 ? formula(random, 3) : MISSING.or(formula(random, 3));
            String document = Client.fill(Policies.refuse(refuses.csharp()));
            if (Migration.of(document) instanceof Migration.Translated translated
                    && translated.remarks().stream()
                            .noneMatch(remark -> remark.text().contains("a ! is missing"))) {
                assertAdmitsNoMore(translated.settings(), refuses);
            }
        });
    }

    private static void assertAdmitsNoMore(Map<String, String> settings, Formula refuses) {
        Map<String, String> filled = new HashMap<>(settings);
        filled.computeIfPresent("identities", (name, rules) -> rules.replace("${label}", "carol"));
        if (filled.containsKey("validateRevocation")) {
            filled.put("crl", folder.resolve("revoked.crl").toString());
        }
        Gate gate = Settings.parse(filled, MigrationTest.resources(folder))
                .open(new Counters(), InstantSource.system(), Runnable::run);
        for (Client client : Client.values()) {
            boolean refused = refuses.java().apply(client).orElse(true);
            if (refused) {
                assertThat(gate.decide(client.request()).errorResponse())
                        .as("%s by %s for %s", client, settings, refuses.csharp())
                        .isNotNull();
            }
        }
    }

    private static Formula formula(RandomCase random, int depth) {
        int kind = depth == 0 ? 0 : random.between(0, 3);
        return switch (kind) {
            case 1 -> formula(random, depth - 1).or(formula(random, depth - 1));
            case 2 -> formula(random, depth - 1).and(formula(random, depth - 1));
            case 3 -> formula(random, depth - 1).not();
            default -> random.oneOf(CLAIMS).not();
        };
    }
}
