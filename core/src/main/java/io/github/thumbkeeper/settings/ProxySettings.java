/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.ProxyVerification;
import io.github.thumbkeeper.source.peer.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of the settings about proxies where certificates come from. */
final class ProxySettings {

    private static final int MOST_HOPS = 10;

    /** What belongs to a header; each of them alone is a mistake. */
    private static final Setting[] PARTS = {
        Setting.TRUSTED_PROXIES,
        Setting.TRUSTED_PROXY_THUMBPRINTS,
        Setting.TRUSTED_PROXIES_ALLOW_ANY,
        Setting.TRUSTED_PROXIES_BY_REMOTE_ADDR,
        Setting.PROXY_HOPS,
        Setting.PROXY_VERIFY_HEADER,
        Setting.PROXY_VERIFY_VALUE,
        Setting.XFCC_HASH_ONLY,
        Setting.HIDE_CERTIFICATE_HEADER
    };

    private final SettingValues values;
    private final List<String> warnings;

    ProxySettings(SettingValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    ProxyPlan read(boolean validateTrust, Duration clockSkew) {
        requireParts();
        HeaderOptions options = options();
        if (options != null) {
            warn(options, validateTrust);
        }
        boolean byRemoteAddr = values.flag(Setting.TRUSTED_PROXIES_BY_REMOTE_ADDR);
        return new ProxyPlan(options, addresses(), pins(), clockSkew, byRemoteAddr);
    }

    private void requireParts() {
        values.requireFor(List.of(Setting.CERTIFICATE_HEADER), PARTS);
        values.requireFor(
                List.of(Setting.TRUSTED_PROXIES),
                Setting.TRUSTED_PROXIES_ALLOW_ANY,
                Setting.TRUSTED_PROXIES_BY_REMOTE_ADDR);
        values.requireFor(List.of(Setting.PROXY_VERIFY_HEADER), Setting.PROXY_VERIFY_VALUE);
        values.requireFor(List.of(Setting.PROXY_VERIFY_VALUE), Setting.PROXY_VERIFY_HEADER);
        boolean trustsSomebody =
                values.isSet(Setting.TRUSTED_PROXIES) || values.isSet(Setting.TRUSTED_PROXY_THUMBPRINTS);
        if (values.isSet(Setting.CERTIFICATE_HEADER) && !trustsSomebody) {
            values.conflict(
                    Setting.CERTIFICATE_HEADER,
                    "needs [trustedProxies] or [trustedProxyThumbprints]: anybody can send a header, and nobody is"
                            + " believed by default");
        }
    }

    private @Nullable HeaderOptions options() {
        boolean hide = values.flag(Setting.HIDE_CERTIFICATE_HEADER);
        ProxyVerification verification = verification();
        int hops = values.number(Setting.PROXY_HOPS, 1, MOST_HOPS);
        String text = values.text(Setting.CERTIFICATE_HEADER);
        if (text == null) {
            return null;
        }
        String[] words = text.split("\\s+", -1);
        ForwardingProxy proxy = proxy(words[0]);
        if (proxy == null || words.length > 2) {
            values.problem(
                    Setting.CERTIFICATE_HEADER,
                    SafeText.quoted(text) + " is not accepted; accepted is a format, or a format and the name of a"
                            + " header field behind a blank; formats are " + proxies());
            return null;
        }
        if (proxy != ForwardingProxy.XFCC && values.isSet(Setting.PROXY_HOPS)) {
            values.conflict(Setting.PROXY_HOPS, "is for certificateHeader=xfcc only, where each proxy adds an element");
        }
        String name = words.length == 1 ? proxy.header() : words[1];
        requireName(Setting.CERTIFICATE_HEADER, name);
        HeaderOptions options =
                new HeaderOptions(proxy, name, hops, new HashOnlySettings(values).read(proxy), verification, hide);
        if (options.isVerificationMisplaced()) {
            values.conflict(
                    Setting.PROXY_VERIFY_HEADER,
                    "names the field of the certificate, or one that some take for it; accepted is another one");
        }
        return options;
    }

    private ProxyVerification verification() {
        String name = values.text(Setting.PROXY_VERIFY_HEADER);
        String value = values.text(Setting.PROXY_VERIFY_VALUE);
        if (name == null || value == null) {
            return ProxyVerification.NOT_REQUIRED;
        }
        requireName(Setting.PROXY_VERIFY_HEADER, name);
        boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        if (!printable || !value.equals(value.strip())) {
            values.problem(
                    Setting.PROXY_VERIFY_VALUE,
                    "(not shown here) can never be the value of a header field; accepted are printable characters of"
                            + " ASCII, without blanks at either end");
        }
        return new ProxyVerification.Field(name, value);
    }

    private void requireName(Setting setting, String name) {
        if (!HeaderName.isGood(name)) {
            // The header of the proof may be swapped with its value, which is a secret.
            String shown = setting == Setting.PROXY_VERIFY_HEADER ? TextOrigin.unshown(name) : SafeText.quoted(name);
            values.problem(setting, shown + " is no name of a header field of your own" + HeaderName.ACCEPTED);
        }
    }

    private List<AddressRange> addresses() {
        boolean any = values.flag(Setting.TRUSTED_PROXIES_ALLOW_ANY);
        List<AddressRange> ranges = new ArrayList<>();
        for (String member : values.members(Setting.TRUSTED_PROXIES, SettingValues.COMMAS_OR_BLANKS)) {
            try {
                ranges.add(AddressRange.parse(member, any));
            } catch (IllegalArgumentException e) {
                values.problem(Setting.TRUSTED_PROXIES, String.valueOf(e.getMessage()));
            }
        }
        return ranges;
    }

    private List<Thumbprint> pins() {
        String text = values.text(Setting.TRUSTED_PROXY_THUMBPRINTS);
        if (text == null) {
            return List.of();
        }
        ParsedDigests<Thumbprint> parsed = ThumbprintParser.parseList(text);
        parsed.problems().forEach(problem -> values.problem(Setting.TRUSTED_PROXY_THUMBPRINTS, problem));
        parsed.warnings()
                .forEach(warning -> warnings.add("TK-403 " + Setting.TRUSTED_PROXY_THUMBPRINTS.key() + ": " + warning));
        return parsed.digests();
    }

    private void warn(HeaderOptions options, boolean validateTrust) {
        if (options.proxy() == ForwardingProxy.AZURE && !validateTrust) {
            warnings.add(
                    "TK-414 certificateHeader=azure: App Service forwards any certificate and verifies none; whoever"
                            + " is not listed by a thumbprint needs validateTrust");
        }
        if (values.flag(Setting.TRUSTED_PROXIES_ALLOW_ANY)) {
            warnings.add("TK-415 trustedProxiesAllowAny=true: whoever reaches the connector can claim any certificate");
        }
    }

    private static @Nullable ForwardingProxy proxy(String word) {
        return Arrays.stream(ForwardingProxy.values())
                .filter(proxy -> SettingValues.spelling(proxy).equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String proxies() {
        return Arrays.stream(ForwardingProxy.values())
                .map(SettingValues::spelling)
                .collect(Collectors.joining(", "));
    }
}
