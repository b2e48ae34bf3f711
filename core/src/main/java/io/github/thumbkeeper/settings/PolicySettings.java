/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.GatePolicy;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Reads the settings of the gate's policy: modes, exemptions, checks without stores, and error responses. */
final class PolicySettings {

    private static final int MOST_CHARACTERS = 200;

    private final SettingValues values;
    private final List<String> warnings;

    PolicySettings(SettingValues values, List<String> warnings) {
        this.values = values;
        this.warnings = warnings;
    }

    GatePolicy read() {
        GatePolicy policy = new GatePolicy(
                values.choice(Setting.MODE, Mode.class),
                values.is(Setting.NO_CERTIFICATE, "anonymous"),
                exclude(),
                values.is(Setting.CORS_PREFLIGHT, "always"),
                new ValidityDates(
                        values.isOn(Setting.VALIDATE_NOT_BEFORE),
                        values.isOn(Setting.VALIDATE_NOT_AFTER),
                        values.duration(Setting.CLOCK_SKEW)),
                new ConstraintSettings(values).read(),
                values.isOn(Setting.REVOCATION_SOFT_FAIL),
                errors());
        if (policy.revocationSoftFail()) {
            warnings.add("TK-413 revocationSoftFail=true: a certificate is admitted if its revocation status cannot be"
                    + " determined");
        }
        if (policy.mode() != Mode.ENFORCE) {
            warnings.add("TK-410 mode=" + ValueSyntax.spelling(policy.mode()) + ": no request is refused");
        }
        return policy;
    }

    private ExemptPaths exclude() {
        List<String> good = new ArrayList<>();
        for (String pattern : values.members(Setting.EXCLUDE, SettingValues.COMMAS_OR_BLANKS)) {
            try {
                ExemptPaths.of(List.of(pattern));
                good.add(pattern);
                warnOfExtension(pattern);
            } catch (IllegalArgumentException e) {
                values.problem(Setting.EXCLUDE, SafeText.quoted(pattern) + " " + e.getMessage());
            }
        }
        return ExemptPaths.of(good);
    }

    private void warnOfExtension(String pattern) {
        if (pattern.startsWith("*.")) {
            warnings.add("TK-412 exclude: " + SafeText.quoted(pattern)
                    + " exempts every path with this ending, in every folder");
        }
    }

    private Function<Reason, ErrorTemplate> errors() {
        int status = values.is(Setting.DENY_STATUS, "403") ? 403 : 401;
        String title = printable(Setting.REASON);
        String challenge = printable(Setting.CHALLENGE);
        ErrorFormat format = values.choice(Setting.ERROR_FORMAT, ErrorFormat.class);
        boolean tell = values.isOn(Setting.TELL_REASON);
        Map<Reason, ErrorTemplate> templates = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            ErrorTemplate template = reason.isOutage()
                    ? outage(tell ? reason.code() : Reason.GENERIC_OUTAGE_CODE)
                    : ErrorTemplate.refusal(
                            status, title, challenge, tell ? reason.code() : Reason.GENERIC_CODE, format);
            templates.put(reason, template);
        }
        return reason -> Objects.requireNonNull(templates.get(reason));
    }

    /** Asks the client to retry after the next refresh, the first chance for the gate to recover. */
    private ErrorTemplate outage(String code) {
        Duration interval = values.duration(Setting.REFRESH_INTERVAL);
        return ErrorTemplate.outage(code, Math.max(1, interval.toSeconds()));
    }

    private String printable(Setting setting) {
        String value = String.valueOf(values.text(setting));
        if (value.length() > MOST_CHARACTERS || !value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            values.problem(
                    setting,
                    SafeText.quoted(value) + " is not valid; expected up to " + MOST_CHARACTERS
                            + " printable characters of ASCII");
        }
        return value;
    }
}
