/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.HeaderSource;
import io.github.thumbkeeper.source.header.ProxyVerification;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.source.peer.TrustedProxies;
import io.github.thumbkeeper.store.DeniedStore;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks Envoy's hash without a certificate ({@code xfccHashOnly}). */
class GateHashTest {

    private static final String PROXY = "10.0.0.7";

    private final GateFixture fixture = new GateFixture();

    GateHashTest() {
        fixture.rules = new ReloadPolicy(false, false, 100, null, ReloadPolicy.Digests.SHA256);
        fixture.source = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.XFCC,
                        "X-Forwarded-Client-Cert",
                        1,
                        true,
                        ProxyVerification.NOT_REQUIRED,
                        true,
                        true),
                new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/24", false)), null));
    }

    @Test
    void admitsAHashThatIsListedAndNoOther() {
        Gate gate = fixture.open();
        Verdict alice = gate.decide(claim(PROXY, ALICE));

        assertAdmitted(alice);
        assertThat(((Verdict.Admitted) alice).identity().name()).isEqualTo("alice");
        assertThat(((Verdict.Admitted) alice).identity().thumbprint()).isEqualTo("sha256:" + ALICE.sha256());
        assertRefused(gate.decide(claim(PROXY, MALLORY)), Reason.NOT_LISTED);
    }

    @Test
    void refusesAHashOfAnyOtherPeer() {
        assertRefused(fixture.open().decide(claim("192.0.2.1", ALICE)), Reason.HEADER_FROM_UNTRUSTED_PEER);
    }

    @Test
    void refusesAHashThatIsDeniedOrDisabled() {
        fixture.stores = List.of(
                StoreConfig.admitting(new FakeStore("clients", GateFixture.entry(ALICE))),
                StoreConfig.denying(new DeniedStore(new FakeStore("denied", GateFixture.entry(ALICE)), false)));
        assertRefused(fixture.open().decide(claim(PROXY, ALICE)), Reason.DENIED);
    }

    @Test
    @DisplayName("a list with other entries refuses to start, and at a reload the last good list stays")
    void refusesListsWithOtherEntries() {
        Entry sha1 = Entry.of(Thumbprint.ofEncoded(MALLORY.der(), DigestAlgorithm.SHA1), "mallory");
        Gate gate = fixture.open();
        fixture.store.lists(GateFixture.entry(MALLORY), sha1);
        gate.refresh();
        assertAdmitted(gate.decide(claim(PROXY, ALICE)));
        assertRefused(gate.decide(claim(PROXY, MALLORY)), Reason.NOT_LISTED);

        GateFixture anew = new GateFixture();
        anew.rules = fixture.rules;
        anew.store.lists(sha1);
        assertThatThrownBy(anew::tryOpen).isInstanceOf(StoreException.class).hasMessageContaining("xfccHashOnly=true");
    }

    @Test
    @DisplayName("if a list has other entries all the same, every request is refused")
    void refusesEveryHashIfTheListHasOtherEntries() {
        fixture.rules = ReloadPolicy.STRICT;
        fixture.store.lists(
                GateFixture.entry(ALICE),
                Entry.of(Thumbprint.ofEncoded(MALLORY.der(), DigestAlgorithm.SHA1), "mallory"));

        assertRefused(fixture.open().decide(claim(PROXY, ALICE)), Reason.INTERNAL);
    }

    @Test
    @DisplayName("fingerprint: a store that changes to another algorithm keeps its last good list")
    void refusesAListThatChangesItsAlgorithm() {
        fixture.rules = new ReloadPolicy(false, false, 100, null, ReloadPolicy.Digests.ONE_ALGORITHM);
        fixture.source = new HeaderSource(
                new HeaderOptions(
                        ForwardingProxy.FINGERPRINT, "X-Hash", 1, false, ProxyVerification.NOT_REQUIRED, false, true),
                new TrustedProxies(List.of(AddressRange.parse("10.0.0.0/24", false)), null));
        FakeStore denied = new FakeStore("denied", GateFixture.entry(MALLORY));
        fixture.stores =
                List.of(StoreConfig.admitting(fixture.store), StoreConfig.denying(new DeniedStore(denied, true)));
        Gate gate = fixture.open();

        denied.lists(Entry.of(Thumbprint.ofEncoded(MALLORY.der(), DigestAlgorithm.SHA1), "mallory"));
        gate.refresh();
        assertAdmitted(gate.decide(hash(ALICE.sha256())));
        assertRefused(gate.decide(hash(MALLORY.sha256())), Reason.DENIED);
        assertRefused(gate.decide(hash(MALLORY.sha1())), Reason.HEADER_MALFORMED);

        fixture.store.lists(Entry.of(Thumbprint.ofEncoded(ALICE.der(), DigestAlgorithm.SHA1), "alice"));
        gate.refresh();
        assertAdmitted(gate.decide(hash(ALICE.sha256())));
        assertRefused(gate.decide(hash(ALICE.sha1())), Reason.HEADER_MALFORMED);
    }

    private static FakeExchange hash(String value) {
        return FakeExchange.withoutCertificate().peer(PROXY).header("X-Hash", value);
    }

    private static FakeExchange claim(String peer, TestCertificate certificate) {
        return FakeExchange.withoutCertificate()
                .peer(peer)
                .header("X-Forwarded-Client-Cert", "By=spiffe://x;Hash=" + certificate.sha256() + ";URI=spiffe://y");
    }
}
