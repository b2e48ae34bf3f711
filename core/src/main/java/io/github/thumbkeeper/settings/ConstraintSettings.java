/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.ExtendedKeyUsage;
import io.github.thumbkeeper.rule.KeyUsage;
import io.github.thumbkeeper.rule.MinimumKeySizes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the settings of key and certificate constraints. */
final class ConstraintSettings {

    /** Every setting that is a constraint on certificates. */
    static final List<Setting> ALL = List.of(
            Setting.MINIMUM_KEY_SIZE,
            Setting.ALLOWED_SIGNATURE_ALGORITHMS,
            Setting.KEY_USAGE,
            Setting.EXTENDED_KEY_USAGE,
            Setting.CERTIFICATE_POLICIES);

    private final SettingValues values;

    ConstraintSettings(SettingValues values) {
        this.values = values;
    }

    Constraints read() {
        return new Constraints(
                keySizes(),
                all(Setting.ALLOWED_SIGNATURE_ALGORITHMS, ConstraintSettings::signature),
                all(Setting.KEY_USAGE, ConstraintSettings::keyUsage),
                all(Setting.EXTENDED_KEY_USAGE, ExtendedKeyUsage::parse),
                all(Setting.CERTIFICATE_POLICIES, ConstraintSettings::policy));
    }

    private @Nullable MinimumKeySizes keySizes() {
        List<String> members = values.members(Setting.MINIMUM_KEY_SIZE, SettingValues.COMMAS_OR_BLANKS);
        if (members.isEmpty()) {
            return null;
        }
        try {
            return MinimumKeySizes.of(members);
        } catch (IllegalArgumentException e) {
            values.problem(Setting.MINIMUM_KEY_SIZE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private <T> Set<T> all(Setting setting, Function<String, T> parse) {
        Set<T> all = new HashSet<>();
        for (String member : values.members(setting, SettingValues.COMMAS_OR_BLANKS)) {
            try {
                all.add(parse.apply(member));
            } catch (IllegalArgumentException e) {
                values.problem(setting, SafeText.quoted(member) + " " + e.getMessage());
            }
        }
        return all;
    }

    private static SignatureAlgorithm signature(String name) {
        return SignatureAlgorithm.named(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "is not a signature algorithm; expected " + SignatureAlgorithm.names()));
    }

    private static KeyUsage keyUsage(String name) {
        return KeyUsage.named(name)
                .orElseThrow(() -> new IllegalArgumentException("is not a key usage; expected " + KeyUsage.names()));
    }

    private static String policy(String oid) {
        if (!ExtendedKeyUsage.isOid(oid)) {
            throw new IllegalArgumentException(
                    "is not a policy; expected a dotted OID such as 2.16.840.1.101.3.2.1.48.1");
        }
        return oid;
    }
}
