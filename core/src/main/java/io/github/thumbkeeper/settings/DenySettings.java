/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.KeyMaterial;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.IssuedSerial;
import io.github.thumbkeeper.store.InlineStore;
import io.github.thumbkeeper.store.StoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the deny setting. The beginning of a member selects its kind; there is no fallback from one kind to another. */
final class DenySettings {

    private static final Pattern PIN = Pattern.compile("(?s)(sha256/|pin-sha256).*");

    /** Matches text that begins like a thumbprint, or consists only of characters of thumbprints. */
    private static final Pattern THUMBPRINT =
            Pattern.compile("(?is)(sha-?(1|256|384|512)\\b[^/].*|x5t.*|[0-9a-f:\\s\\p{Cf}\\u00A0-]+)");

    private final SettingValues values;
    private final List<String> warnings;
    private final List<CertificateDigest> digests = new ArrayList<>();
    private final List<StoreConfig> stores = new ArrayList<>();

    DenySettings(SettingValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    List<StoreConfig> stores(StoreSettings locations, boolean allowEmpty) {
        String text = values.text(Setting.DENY);
        if (text == null) {
            return List.of();
        }
        if (KeyMaterial.isIn(text)) {
            values.problem(
                    Setting.DENY,
                    "the value looks like a PEM or DER file (not shown here in case it is a private key); expected"
                            + " thumbprints, pins, issuer=\"CN=…\" serial=…, and locations");
            return List.of();
        }
        for (String member : members(text)) {
            read(member, locations, allowEmpty);
        }
        warnOfSameKey();
        if (!digests.isEmpty()) {
            stores.add(0, StoreConfig.denying(new InlineStore(Setting.DENY.key(), digests)));
        }
        return stores;
    }

    /** As in all lists, a separator may follow the last member; an empty member anywhere else is a problem. */
    private List<String> members(String text) {
        List<String> members = SettingValues.quotedMembers(text);
        if (members.stream().anyMatch(String::isEmpty)) {
            values.problem(
                    Setting.DENY,
                    SafeText.quoted(text) + " has an empty member; expected a value between any two separators");
        }
        return members.stream().filter(member -> !member.isEmpty()).toList();
    }

    private void read(String member, StoreSettings locations, boolean allowEmpty) {
        if (member.startsWith("issuer=") || member.startsWith("serial=")) {
            readIssuerAndSerial(member);
        } else if (PIN.matcher(member).matches()) {
            take(PublicKeyPinParser.parseList(member));
        } else if (THUMBPRINT.matcher(member).matches()) {
            take(ThumbprintParser.parseList(member));
        } else {
            StoreConfig store = locations.denied(member, allowEmpty);
            if (store != null) {
                stores.add(store);
            }
        }
    }

    private void readIssuerAndSerial(String member) {
        try {
            IssuedSerial issued = IssuedSerial.parse(member);
            issued.issuers().forEach(issuer -> digests.add(IssuerAndSerial.of(issuer, issued.serial())));
        } catch (IllegalArgumentException e) {
            values.problem(Setting.DENY, SafeText.quoted(member) + " " + e.getMessage());
        }
    }

    private void warnOfSameKey() {
        boolean othersMayMatch = values.isSet(Setting.PUBLIC_KEY_PINS) || values.isSet(Setting.IDENTITIES);
        if (othersMayMatch && digests.stream().anyMatch(Thumbprint.class::isInstance)) {
            warnings.add(
                    "TK-403 deny: a thumbprint does not deny other certificates with the same key, which publicKeyPins"
                            + " and identities may admit; deny the public key (sha256/…) too");
        }
    }

    private void take(ParsedDigests<? extends CertificateDigest> parsed) {
        parsed.problems().forEach(problem -> values.problem(Setting.DENY, problem));
        parsed.warnings().forEach(warning -> warnings.add("TK-403 deny: " + warning));
        digests.addAll(parsed.digests());
    }
}
