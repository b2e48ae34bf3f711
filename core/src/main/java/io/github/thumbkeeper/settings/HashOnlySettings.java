/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import java.util.List;

/** Sees to it that nothing is asked of a certificate of which nothing but the hash is forwarded. */
final class HashOnlySettings {

    /** What asks more of a certificate than whether it is listed. */
    private static final List<Setting> ASKING = List.of(
            Setting.PUBLIC_KEY_PINS,
            Setting.IDENTITIES,
            Setting.VALIDATE_TRUST,
            Setting.MINIMUM_KEY_SIZE,
            Setting.ALLOWED_SIGNATURE_ALGORITHMS,
            Setting.KEY_USAGE,
            Setting.EXTENDED_KEY_USAGE,
            Setting.CERTIFICATE_POLICIES);

    private final SettingValues values;

    HashOnlySettings(SettingValues values) {
        this.values = values;
    }

    /** Of a certificate that is not there nothing can be asked, so nobody may believe that something is. */
    boolean read(ForwardingProxy proxy) {
        if (!values.flag(Setting.XFCC_HASH_ONLY)) {
            return false;
        }
        if (proxy != ForwardingProxy.XFCC) {
            values.conflict(Setting.XFCC_HASH_ONLY, "is for certificateHeader=xfcc only");
        }
        for (Setting dates : List.of(Setting.VALIDATE_NOT_BEFORE, Setting.VALIDATE_NOT_AFTER)) {
            if (values.flag(dates)) {
                values.conflict(Setting.XFCC_HASH_ONLY, "needs " + dates.key() + "=false: a hash has no dates");
            }
        }
        ASKING.stream()
                .filter(values::isSet)
                .filter(setting -> !"false".equals(values.text(setting)))
                .forEach(setting -> values.conflict(
                        Setting.XFCC_HASH_ONLY, "does not go with [" + setting.key() + "]: a hash does not tell that"));
        PrincipalSource principal = values.choice(Setting.PRINCIPAL, PrincipalSource.class);
        if (principal.isTakenFromCertificate()) {
            values.conflict(Setting.XFCC_HASH_ONLY, "does not go with a principal that is taken from certificates");
        }
        return true;
    }
}
