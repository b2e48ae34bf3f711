/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.source.header.ForwardingProxy;
import io.github.thumbkeeper.source.header.HeaderOptions;
import io.github.thumbkeeper.source.header.ProxyVerification;
import io.github.thumbkeeper.source.peer.AddressRange;
import io.github.thumbkeeper.store.ReloadPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings of proxies that forward certificates in a header field. */
final class ProxySettings {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** Fields with a meaning of their own for servers and applications, in whatever spelling. */
    private static final Set<String> RESERVED = Set.of(
            "accept",
            "access-control-request-method",
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "forwarded",
            "host",
            "origin",
            "proxy-authorization",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "user-agent",
            "x-forwarded-for",
            "x-forwarded-proto");

    /** Settings that examine the certificate itself, which a hash cannot replace. */
    private static final List<Setting> NEED_CERTIFICATE = Stream.concat(
                    Stream.of(Setting.PUBLIC_KEY_PINS, Setting.IDENTITIES, Setting.VALIDATE_TRUST),
                    ConstraintSettings.ALL.stream())
            .toList();

    private final SettingValues values;
    private final List<String> warnings;

    ProxySettings(SettingValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    ProxyPlan read(Duration clockSkew) {
        requireParts();
        HeaderOptions options = options();
        if (options != null) {
            warn(options);
        }
        boolean byRemoteAddr = values.isOn(Setting.TRUSTED_PROXIES_BY_REMOTE_ADDR);
        return new ProxyPlan(options, addresses(), pins(), clockSkew, byRemoteAddr);
    }

    private void requireParts() {
        if (values.isSet(Setting.PROXY_VERIFY_HEADER) && !values.isSet(Setting.PROXY_VERIFY_VALUE)) {
            values.conflict(Setting.PROXY_VERIFY_HEADER, "belongs to [proxyVerifyValue], which is not set");
        }
        boolean trustsProxy = values.isSet(Setting.TRUSTED_PROXIES) || values.isSet(Setting.TRUSTED_PROXY_THUMBPRINTS);
        if (values.isSet(Setting.CERTIFICATE_HEADER) && !trustsProxy) {
            values.conflict(
                    Setting.CERTIFICATE_HEADER,
                    "needs [trustedProxies] or [trustedProxyThumbprints]: any client can send a header, and no proxy"
                            + " is trusted by default");
        }
    }

    private @Nullable HeaderOptions options() {
        boolean hide = values.isOn(Setting.HIDE_CERTIFICATE_HEADER);
        ProxyVerification verification = verification();
        int hops = values.number(Setting.PROXY_HOPS);
        String text = values.text(Setting.CERTIFICATE_HEADER);
        if (text == null) {
            return null;
        }
        String[] words = words(text);
        ForwardingProxy proxy = proxy(words[0]);
        if (proxy == null || words.length > 2) {
            values.problem(
                    Setting.CERTIFICATE_HEADER,
                    SafeText.quoted(text) + " is not valid; expected a format, or a format, a blank and the name of a"
                            + " header field; formats are " + proxies());
            return null;
        }
        if (proxy != ForwardingProxy.XFCC && values.isSet(Setting.PROXY_HOPS)) {
            values.conflict(Setting.PROXY_HOPS, "is for certificateHeader=xfcc only, where each proxy adds an element");
        }
        String name = words.length == 1 ? proxy.header() : words[1];
        boolean hashOnly = isHashOnly(proxy);
        if (name == null) {
            values.problem(
                    Setting.CERTIFICATE_HEADER,
                    SafeText.quoted(text)
                            + " has no name of a header field, and this format has no usual one; expected one"
                            + " after a blank, such as [fingerprint X-SSL-Client-Fingerprint]");
            return null;
        }
        requireName(Setting.CERTIFICATE_HEADER, name);
        boolean chainNeeded = values.isOn(Setting.VALIDATE_TRUST);
        HeaderOptions options = new HeaderOptions(proxy, name, hops, hashOnly, verification, chainNeeded, hide);
        if (options.isVerificationMisplaced()) {
            values.conflict(
                    Setting.PROXY_VERIFY_HEADER,
                    "names the field of the certificate, or one that some servers confuse with it; expected another field");
        }
        return options;
    }

    /** Returns the kinds of digests that lists may have, depending on what the proxy sends of a certificate. */
    static ReloadPolicy.Digests digests(SettingValues values) {
        String text = values.text(Setting.CERTIFICATE_HEADER);
        if (text != null && proxy(words(text)[0]) == ForwardingProxy.FINGERPRINT) {
            return ReloadPolicy.Digests.ONE_ALGORITHM;
        }
        return values.isOn(Setting.XFCC_HASH_ONLY) ? ReloadPolicy.Digests.SHA256 : ReloadPolicy.Digests.ANY;
    }

    /** Returns whether a hash is enough, and refuses every setting that would be ignored for a hash. */
    private boolean isHashOnly(ForwardingProxy proxy) {
        boolean xfcc = values.isOn(Setting.XFCC_HASH_ONLY);
        if (xfcc && proxy != ForwardingProxy.XFCC) {
            values.conflict(Setting.XFCC_HASH_ONLY, "is for certificateHeader=xfcc only");
        }
        if (proxy == ForwardingProxy.FINGERPRINT) {
            requireHashSettings(Setting.CERTIFICATE_HEADER, "fingerprint ");
        } else if (xfcc) {
            requireHashSettings(Setting.XFCC_HASH_ONLY, "");
        }
        return xfcc;
    }

    /** Refuses every setting that would be ignored for a hash, because of this setting. */
    private void requireHashSettings(Setting cause, String value) {
        for (Setting dates : List.of(Setting.VALIDATE_NOT_BEFORE, Setting.VALIDATE_NOT_AFTER)) {
            if (values.isOn(dates)) {
                values.conflict(cause, value + "needs " + dates.key() + "=false: a hash has no dates");
            }
        }
        NEED_CERTIFICATE.stream()
                .filter(values::isSet)
                .filter(setting -> !values.is(setting, "false"))
                .forEach(setting -> values.conflict(
                        cause,
                        value + "cannot be combined with [" + setting.key() + "], which needs the certificate itself"));
        if (values.choice(Setting.PRINCIPAL, PrincipalSource.class).isTakenFromCertificate()) {
            values.conflict(cause, value + "cannot be combined with a principal that is taken from the certificate");
        }
    }

    private static String[] words(String certificateHeader) {
        return certificateHeader.split("\\s+", -1);
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
                    "(not shown here) is not a possible value of a header field; expected printable characters"
                            + " of ASCII, without blanks at either end");
        }
        return new ProxyVerification.Field(name, value);
    }

    private void requireName(Setting setting, String name) {
        String folded = name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
        if (!TOKEN.matcher(name).matches() || RESERVED.contains(folded)) {
            // The administrator may have swapped the header with its value, which is a secret.
            String shown = setting == Setting.PROXY_VERIFY_HEADER ? TextOrigin.unshown(name) : SafeText.quoted(name);
            values.problem(
                    setting,
                    shown
                            + " is not a name for a header field of your own; expected up to 100 characters of a token (RFC 9110 section 5.6.2), such as X-SSL-Client-Cert");
        }
    }

    private List<AddressRange> addresses() {
        boolean any = values.isOn(Setting.TRUSTED_PROXIES_ALLOW_ANY);
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

    private void warn(HeaderOptions options) {
        if (options.proxy() == ForwardingProxy.AZURE && !values.isOn(Setting.VALIDATE_TRUST)) {
            warnings.add("TK-414 certificateHeader=azure: App Service forwards any certificate and verifies none;"
                    + " use thumbprints, or set validateTrust");
        }
        if (values.isOn(Setting.TRUSTED_PROXIES_ALLOW_ANY)) {
            warnings.add(
                    "TK-415 trustedProxiesAllowAny=true: every client that reaches the connector can claim any certificate");
        }
    }

    private static @Nullable ForwardingProxy proxy(String word) {
        return Arrays.stream(ForwardingProxy.values())
                .filter(proxy -> ValueSyntax.spelling(proxy).equals(word))
                .findFirst()
                .orElse(null);
    }

    private static String proxies() {
        return Arrays.stream(ForwardingProxy.values())
                .map(ValueSyntax::spelling)
                .collect(Collectors.joining(", "));
    }
}
