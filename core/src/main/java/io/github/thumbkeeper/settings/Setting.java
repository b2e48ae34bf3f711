/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one table of all settings: valve, filter, command line tool and the settings reference are made of it. */
public enum Setting {
    SETTINGS_FILE(
            "settingsFile",
            "file",
            null,
            "A properties file with the same settings, for values that differ between environments; or a `java:` or"
                    + " `jndi:` name bound to a string that names it. A setting given in both places refuses to start."),
    THUMBPRINTS(
            "thumbprints",
            "thumbprints",
            null,
            "The thumbprints of the certificates that are allowed, separated by white space, commas or semicolons. The"
                    + " length or a prefix tells the algorithm."),
    PUBLIC_KEY_PINS(
            "publicKeyPins",
            "pins",
            null,
            "The SHA-256 pins of public keys that are allowed, such as `sha256/…`. A pin survives a renewal with the same"
                    + " key."),
    STORE(
            "store",
            "locations",
            null,
            "Where more certificates are listed: `java:…`, `jndi:NAME` (Tomcat's global names, valve only), or the path of"
                    + " a key store, a PEM or DER file, a directory of these, or a thumbprint list. Several are separated by"
                    + " `,` or `;`. The valve takes paths relative to `catalina.base`, the filter absolute ones and"
                    + " `/WEB-INF/…`."),
    STORE_PASSWORD("storePassword", "password", null, "The password of key store files named in `store`."),
    STORE_PASSWORD_FILE(
            "storePasswordFile", "file", null, "A file whose first line is that password; instead of `storePassword`."),
    STORE_FILTER(
            "storeFilter",
            "glob",
            null,
            "Only the entries of `store` whose label matches this pattern count; `*` stands for any text, `?` for one"
                    + " character."),
    INCLUDE_KEY_ENTRIES(
            "includeKeyEntries",
            "true or false",
            "false",
            "The certificates of private keys in a key store count too, besides its trusted certificates. The keys"
                    + " themselves are never read."),
    ALLOW_EMPTY_STORE(
            "allowEmptyStore",
            "true or false",
            "false",
            "Start although a store lists nothing. What it does not list is refused."),
    STORE_UNAVAILABLE(
            "storeUnavailable",
            "refuse-to-start or refuse-requests",
            "refuse-to-start",
            "What becomes of a start while a store cannot be read, or lists nothing without `allowEmptyStore`."
                    + " `refuse-requests`: the gate starts, answers every request 503, those of `exclude` included and in"
                    + " every `mode`, and recovers when every store has been read once. What only another setting or another"
                    + " binding can mend (a wrong value, a wrong type) refuses to start all the same."),
    MAX_SHRINK_PERCENT(
            "maxShrinkPercent",
            "1 to 100",
            null,
            "A guard against an emptied store: when it is read again and has lost more than this share of its entries, what"
                    + " it listed before stays in force, and the log says so. At the start there is nothing to compare with."),
    REFRESH_INTERVAL(
            "refreshInterval", "duration", "30s", "How often the stores are looked at for changes; `0s` means never."),
    MAX_STALENESS(
            "maxStaleness",
            "duration up to 8760h",
            null,
            "When a store has not been read completely for longer than this, every request gets 503 until it is; without it"
                    + " the last good list stays for as long as it takes. Longer than `refreshInterval`."),
    VALIDATE_NOT_BEFORE(
            "validateNotBefore", "true or false", "true", "Refuse a certificate before its period of validity."),
    VALIDATE_NOT_AFTER(
            "validateNotAfter", "true or false", "true", "Refuse a certificate after its period of validity."),
    CLOCK_SKEW(
            "clockSkew",
            "duration up to 1h",
            "0s",
            "By how much the clocks of client and server may differ when dates are checked."),
    MODE(
            "mode",
            "enforce, report or annotate",
            "enforce",
            "`enforce` refuses. `report` lets every request pass and logs what would be refused. `annotate` lets every"
                    + " request pass and tells the application."),
    NO_CERTIFICATE(
            "noCertificate",
            "refuse or anonymous",
            "refuse",
            "What becomes of a request without any certificate. `anonymous`: it passes, without a principal. A certificate"
                    + " that is presented and is not allowed is refused all the same."),
    EXCLUDE(
            "exclude",
            "path patterns",
            null,
            "Paths that need no certificate, as patterns of the servlet specification, separated by white space, commas or"
                    + " semicolons; relative to the application (at Host and Engine with the context path)."),
    CORS_PREFLIGHT(
            "corsPreflight",
            "never or always",
            "never",
            "Whether CORS preflights, which browsers send without a certificate, pass."),
    DENY_STATUS("denyStatus", "401 or 403", "401", "The HTTP status of a refusal."),
    REASON("reason", "text", "Invalid client certificate", "The title told to a client that is refused."),
    CHALLENGE(
            "challenge",
            "header value",
            "ClientCertificate realm=\"client certificate\"",
            "The value of `WWW-Authenticate`, which RFC 9110 demands of every 401."),
    ERROR_FORMAT(
            "errorFormat",
            "auto, problem, html or container",
            "auto",
            "The body of a refusal: `problem` (RFC 9457), `html` (a small page), `auto` (by the Accept field), `container`"
                    + " (the application's error page; in the filter, and in a valve of a Context)."),
    TELL_REASON(
            "tellReason",
            "true or false",
            "false",
            "Tell the client the specific code instead of `TK-100` for every reason."),
    PRINCIPAL(
            "principal",
            "label, thumbprint, subject, common-name or none",
            "label",
            "What names the principal of an admitted request. `label`: that of the entry; if it has none, the text of the"
                    + " entry. `none`: there is no principal of ours, and one that is there stays. `subject` and"
                    + " `common-name` need every entry to be a thumbprint of SHA-256 or longer."),
    EXISTING_PRINCIPAL(
            "existingPrincipal",
            "replace or keep",
            "replace",
            "What becomes of a principal that is there already when a request is admitted."),
    ROLES("roles", "names", null, "Roles of every admitted request besides those of its entry, separated by commas.");

    private final String key;
    private final String type;
    private final @Nullable String standard;
    private final String sentence;

    Setting(String key, String type, @Nullable String standard, String sentence) {
        this.key = key;
        this.type = type;
        this.standard = standard;
        this.sentence = sentence;
    }

    /** Returns the name as it is written in {@code server.xml}, {@code web.xml} and properties files. */
    public String key() {
        return key;
    }

    /** Returns what values look like, in a few words. */
    public String type() {
        return type;
    }

    /** Returns the value that holds when the setting is left out, or null if there is none. */
    public @Nullable String standard() {
        return standard;
    }

    /** Returns what it is for, in Markdown. */
    public String sentence() {
        return sentence;
    }

    /** Returns the setting of this name. */
    static Optional<Setting> named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** Returns whether its value must not be shown. */
    boolean isSecret() {
        return this == STORE_PASSWORD;
    }
}
