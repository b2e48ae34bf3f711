/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.allowlist.RoleMapping;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.source.TlsSource;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.HeaderSource;
import io.github.thumbkeeper.source.header.ProxyVerification;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builder of a gate with one store that lists alice; strict unless a test changes its fields. */
final class GateFixture implements GateListener {

    private static final int MOST_REFUSALS = 1000;

    static final TestCertificate ALICE = TestCertificate.named("CN=alice").build();
    static final TestCertificate MALLORY = TestCertificate.named("CN=mallory").build();
    static final Instant NOW = ALICE.certificate().getNotBefore().toInstant().plus(Duration.ofDays(1));

    final MovableClock clock = new MovableClock(NOW);
    final FakeStore store = new FakeStore("clients", entry(ALICE));
    List<StoreConfig> stores = admitting(store);
    ReloadPolicy rules = ReloadPolicy.STRICT;
    ReloadingRules identityRules = ReloadingRules.of(Rules.NONE);
    ReloadingRoles roles = ReloadingRoles.of(RoleMapping.NONE);
    TrustCheck trust;
    Constraints constraints = Constraints.NONE;
    PrincipalSource principal = PrincipalSource.LABEL;
    final Counters counters = new Counters();
    /** The first refusals; a test that decides in many threads makes millions, which must not fill the memory. */
    final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    CertificateSource source = new TlsSource();
    Mode mode = Mode.ENFORCE;
    boolean anonymous;
    boolean corsPreflight;
    List<String> exclude = List.of();
    Duration clockSkew = Duration.ZERO;
    InstantSource time = clock;
    InstantSource storeTime = clock;
    Function<Reason, ErrorTemplate> errors = GateFixture::template;
    GateListener first = new GateListener() {};

    Gate open() {
        try {
            return tryOpen();
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    Gate tryOpen() throws StoreException {
        GatePolicy policy = new GatePolicy(
                mode,
                anonymous,
                ExemptPaths.of(exclude),
                corsPreflight,
                new ValidityDates(true, true, clockSkew),
                constraints,
                false,
                errors);
        Stores all = new Stores(
                stores, new IdentityMapper(principal, Set.of()), rules, () -> storeTime.instant(), clock::nanoTime);
        return new Gate(
                GateName.NONE,
                policy,
                source,
                all,
                identityRules,
                roles,
                ReloadingTrust.of(trust),
                List.of(first, this, counters),
                time);
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(refusal);
        }
    }

    static Verdict decideAlice(Gate gate) {
        return gate.decide(FakeExchange.of(ALICE.certificate()));
    }

    static void assertAdmitted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
        assertThat(verdict.errorResponse()).isNull();
    }

    static void assertRefused(Verdict verdict, Reason reason) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).reason()).isEqualTo(reason);
        assertThat(verdict.errorResponse()).isNotNull();
        assertThat(verdict.errorResponse().status()).isEqualTo(401);
    }

    static void assertOutage(Verdict verdict, Reason reason) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(((Verdict.Refused) verdict).reason()).isEqualTo(reason);
        assertThat(verdict.errorResponse()).isNotNull();
        assertThat(verdict.errorResponse().status()).isEqualTo(503);
    }

    static List<StoreConfig> admitting(FakeStore... stores) {
        return Stream.of(stores).map(StoreConfig::admitting).toList();
    }

    static Entry entry(TestCertificate certificate) {
        String name = certificate.certificate().getSubjectX500Principal().getName();
        return Entry.of(thumbprint(certificate), name.substring("CN=".length()));
    }

    static Thumbprint thumbprint(TestCertificate certificate) {
        return Thumbprint.ofEncoded(certificate.der(), DigestAlgorithm.SHA256);
    }

    /** Returns a source that takes certificates from the header of nginx at these addresses. */
    static CertificateSource nginxFrom(String addresses) {
        HeaderOptions options = new HeaderOptions(
                ForwardingProxy.NGINX, "X-SSL-Client-Cert", 1, false, ProxyVerification.NOT_REQUIRED, true, true);
        return new HeaderSource(options, new TrustedProxies(List.of(AddressRange.parse(addresses, false)), null));
    }

    static ErrorTemplate template(Reason reason) {
        if (reason.isOutage()) {
            return ErrorTemplate.outage(reason.code(), 30);
        }
        return ErrorTemplate.refusal(401, "no", "ClientCertificate", Reason.GENERIC_CODE, ErrorFormat.PROBLEM);
    }

    /** Returns one failure of each kind, including undeclared checked exceptions. */
    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("unexpected"),
                new StackOverflowError(),
                new OutOfMemoryError(),
                new NoClassDefFoundError("gone"),
                new AssertionError("wrong"),
                new IOException("undeclared"),
                new InterruptedException("undeclared"));
    }

    /** Throws a checked exception without declaring it. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <T, E extends Throwable> T sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
