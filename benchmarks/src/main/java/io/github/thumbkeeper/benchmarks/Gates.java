/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GatePolicy;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.ReloadingRoles;
import io.github.thumbkeeper.ReloadingRules;
import io.github.thumbkeeper.ReloadingTrust;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.allowlist.RoleMapping;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.source.TlsSource;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.store.file.FileStore;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** Gates with the default settings and one file as their store. */
final class Gates {

    private static final ErrorTemplate REFUSAL =
            ErrorTemplate.refusal(401, "no", "ClientCertificate", Reason.GENERIC_CODE, ErrorFormat.PROBLEM);

    private Gates() {}

    static Stores stores(Path file) {
        StoreOptions options = new StoreOptions(StorePassword.of("storePassword", null), false);
        FileStore store = new FileStore(file.toString(), file, options.keyStore(), false, InstantSource.system());
        IdentityMapper identities = new IdentityMapper(PrincipalSource.LABEL, Set.of());
        return new Stores(
                List.of(StoreConfig.admitting(store)),
                identities,
                ReloadPolicy.STRICT,
                InstantSource.system(),
                System::nanoTime);
    }

    static Gate gate(Stores stores, InstantSource clock) throws StoreException {
        ValidityDates dates = new ValidityDates(true, true, Duration.ZERO);
        GatePolicy policy = new GatePolicy(
                Mode.ENFORCE, false, ExemptPaths.of(List.of()), false, dates, Constraints.NONE, false, Gates::template);
        return new Gate(
                GateName.NONE,
                policy,
                new TlsSource(),
                stores,
                ReloadingRules.of(Rules.NONE),
                ReloadingRoles.of(RoleMapping.NONE),
                ReloadingTrust.of(null),
                List.of(new Counters()),
                clock);
    }

    private static ErrorTemplate template(Reason reason) {
        return reason.isOutage() ? ErrorTemplate.outage(reason.code(), 30) : REFUSAL;
    }
}
