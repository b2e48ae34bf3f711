/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static io.github.thumbkeeper.settings.ValueSyntax.FLAG;
import static io.github.thumbkeeper.settings.ValueSyntax.duration;
import static io.github.thumbkeeper.settings.ValueSyntax.number;
import static io.github.thumbkeeper.settings.ValueSyntax.omittedText;
import static io.github.thumbkeeper.settings.ValueSyntax.oneOf;
import static io.github.thumbkeeper.settings.ValueSyntax.password;
import static io.github.thumbkeeper.settings.ValueSyntax.secret;
import static io.github.thumbkeeper.settings.ValueSyntax.text;

import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.verdict.ErrorFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one table of all settings, for the valve, the filter, the command line tool and the page {@code docs/settings.md}.
 *
 * <p>To add a setting, add its row here and read it where it is used, with {@link Settings#isOn}, {@link Settings#number},
 * {@link Settings#duration} or {@link Settings#text}. The row alone makes the name known, checks the syntax of values and the
 * settings that it needs, gives the default, and documents the setting. Then write the page again; the page itself names the
 * command.
 *
 * <p>Immutable and thread-safe.
 *
 * @see Settings#parse
 */
public enum Setting {
    SETTINGS_FILE(
            "settingsFile",
            text("file"),
            null,
            "A properties file with the same settings, for values that differ between environments; or a `java:` or"
                    + " `jndi:` name bound to a string with its path. A setting given in both places refuses to start."),
    THUMBPRINTS(
            "thumbprints",
            omittedText("thumbprints"),
            null,
            "Thumbprints of the allowed certificates, separated by white space, commas or semicolons. The length or a"
                    + " prefix selects the algorithm."),
    PUBLIC_KEY_PINS(
            "publicKeyPins",
            omittedText("pins"),
            null,
            "SHA-256 pins of the allowed public keys, such as `sha256/…`. A pin survives a renewal with the same key."),
    STORE(
            "store",
            text("locations"),
            null,
            "Locations that list more certificates: `java:…`, `jndi:NAME` (Tomcat's global names, valve only), or the path of"
                    + " a key store, a PEM or DER file, a directory of these, or a thumbprint list. Separate several with"
                    + " `,` or `;`. In the valve, paths are relative to `catalina.base`; the filter expects absolute paths or"
                    + " `/WEB-INF/…`."),
    STORE_PASSWORD(
            "storePassword",
            password(),
            null,
            "Password of the key store files named in `store` and `deny`. Set it to the empty text for key stores without a"
                    + " password or with the empty one.",
            "store",
            "deny"),
    STORE_PASSWORD_FILE(
            "storePasswordFile",
            text("file"),
            null,
            "A file whose first line is that password; instead of `storePassword`.",
            "store",
            "deny"),
    STORE_FILTER(
            "storeFilter",
            text("glob"),
            null,
            "Use only the entries of `store` whose label matches this pattern; `*` matches any text, `?` one character.",
            "store"),
    INCLUDE_KEY_ENTRIES(
            "includeKeyEntries",
            FLAG,
            "false",
            "In key stores, also list the certificates of private keys, not only the trusted certificates. The keys"
                    + " themselves are never read.",
            "store",
            "deny"),
    SQL_TABLE(
            "sqlTable",
            text("name of a table"),
            "thumbkeeper_client",
            "The table to read if a `javax.sql.DataSource` is bound to a name in `store`. Its changes are counted in a second"
                    + " table with the same name and the suffix `_change`; the jar contains the DDL of both.",
            "store",
            "deny"),
    SQL_QUERY(
            "sqlQuery",
            omittedText("query"),
            null,
            "Your own query, instead of `sqlTable`. Expected columns are `label`, `thumbprint`, `certificate`, `roles`,"
                    + " `valid_from`, `valid_until` and `enabled`; `thumbprint` or `certificate` is required, the others are"
                    + " optional, and no further columns are allowed.",
            "store",
            "deny"),
    SQL_CHANGE_QUERY(
            "sqlChangeQuery",
            omittedText("query or none"),
            null,
            "A query whose result is one row that differs after every change. While the row stays the same, the entries are"
                    + " read only at every hundredth check. `none`: read them at each check, which is the default with"
                    + " `sqlQuery`.",
            "store",
            "deny"),
    SQL_TIMEOUT(
            "sqlTimeout",
            duration("1s", "1h"),
            "10s",
            "Time limit for each query, and for one complete read of the database.",
            "store",
            "deny"),
    ALLOW_EMPTY_STORE(
            "allowEmptyStore",
            FLAG,
            "false",
            "Start even if a store lists no entries; every certificate that is not listed is refused. Also required for a"
                    + " deny list that becomes empty, and for a file of rules that becomes empty, to take effect."),
    STORE_UNAVAILABLE(
            "storeUnavailable",
            oneOf("refuse-to-start", "refuse-requests"),
            "refuse-to-start",
            "What to do if a store cannot be read at start-up, or lists no entries without `allowEmptyStore`."
                    + " `refuse-requests`: the gate starts, answers every request with 503, those of `exclude` included and in"
                    + " every `mode`, and recovers when it has read every store once. A problem that only another setting or"
                    + " another binding can fix (a wrong value, a wrong type) still refuses to start.",
            "store",
            "deny",
            "trustStore"),
    MAX_SHRINK_PERCENT(
            "maxShrinkPercent",
            number(1, 100),
            null,
            "Guard against an emptied store: if a store has lost more than this share of its entries when it is read again,"
                    + " its previous entries stay in force, and the log reports it. Does not apply to the first read.",
            "store",
            "deny"),
    LDAP_BASE(
            "ldapBase",
            text("name"),
            null,
            "For a `store` that is an LDAP directory: the entry below which to search, relative to the bound context, such as"
                    + " `ou=clients`; without it, the context itself.",
            "store",
            "deny"),
    LDAP_FILTER(
            "ldapFilter",
            text("filter"),
            null,
            "Selects the entries to read, in the syntax of RFC 4515; without it, all that have `ldapCertificateAttribute`.",
            "store",
            "deny"),
    LDAP_CERTIFICATE_ATTRIBUTE(
            "ldapCertificateAttribute",
            text("attribute"),
            "userCertificate;binary",
            "The attribute with the certificates, one in each value. It is found with and without `;binary`.",
            "store",
            "deny"),
    LDAP_LABEL_ATTRIBUTE(
            "ldapLabelAttribute",
            text("attribute"),
            "cn",
            "The attribute with the label. An entry with two values refuses the store; an entry without a value has no label.",
            "store",
            "deny"),
    LDAP_ROLES_ATTRIBUTE(
            "ldapRolesAttribute",
            text("attribute"),
            null,
            "The attribute with the owner's roles, one in each value.",
            "store",
            "deny"),
    LDAP_PAGE_SIZE(
            "ldapPageSize",
            number(0, 100_000),
            "1000",
            "Number of entries to request at a time (RFC 2696); `0` requests all at once, for a server without paging.",
            "store",
            "deny"),
    LDAP_TIMEOUT(
            "ldapTimeout",
            duration("1s", "1h"),
            "10s",
            "Time limit for connecting, for each response, and for one complete read of the directory.",
            "store",
            "deny"),
    LDAP_CHANGE_ATTRIBUTE(
            "ldapChangeAttribute",
            text("attribute"),
            null,
            "An attribute that the server changes with each change of an entry: `entryCSN`, `uSNChanged` or `modifyTimestamp`."
                    + " While it and the name, label and roles of each entry stay the same, the certificates are read only"
                    + " at every hundredth check; without it, at each check.",
            "store",
            "deny"),
    LDAP_START_TLS(
            "ldapStartTls",
            FLAG,
            "false",
            "Secure the connection with StartTLS before anything is sent over it; if StartTLS fails, the read fails. Not"
                    + " needed with a URL that begins with `ldaps:`.",
            "store",
            "deny"),
    EXPIRY_WARNING(
            "expiryWarning",
            duration("0s", "8760h"),
            "30d",
            "How long before their end listed certificates, entries with an `until`, trusted certificates, CRLs and the"
                    + " certificates of trusted proxies are logged, once a day each (`TK-341`); `0s` means never."),
    REFRESH_INTERVAL(
            "refreshInterval",
            duration("0s", "720h"),
            "30s",
            "How often the stores are checked for changes; `0s` means never."),
    MAX_STALENESS(
            "maxStaleness",
            duration("0s", "8760h"),
            null,
            "If a store has not been read completely for longer than this, every request gets 503 until it has been; without"
                    + " this setting the last good list stays in force without a limit. Must be longer than `refreshInterval`.",
            "store",
            "deny",
            "identities",
            "roleMapping",
            "trustStore"),
    IDENTITIES(
            "identities",
            text("rules"),
            null,
            "Rules that admit certificates which are not listed, such as `common-name=alice dns-name=api.example.com`: a"
                    + " certificate must match all claims of at least one rule. Separate rules with `;` or line breaks, and"
                    + " quote values that contain blanks or commas; `file:PATH` reads the rules from a file, again when it"
                    + " changes. The claim `label` narrows `store` instead. See `checks.md`."),
    DENY(
            "deny",
            text("thumbprints, pins, issuers and serial numbers, locations"),
            null,
            "What to refuse even if it is listed: thumbprints, `sha256/…` pins, `issuer=\"CN=…\" serial=…`, and locations as in"
                    + " `store`, separated by `,` or `;`. A certificate in such a location is denied by issuer and serial number"
                    + " too."),
    MINIMUM_KEY_SIZE(
            "minimumKeySize",
            text("such as RSA=2048, EC=256"),
            null,
            "Minimum size in bits of each kind of key: `RSA`, `EC`, `DSA`, `Ed25519` (256), `Ed448` (456). Other kinds of key are"
                    + " refused."),
    ALLOWED_SIGNATURE_ALGORITHMS(
            "allowedSignatureAlgorithms",
            text("names"),
            null,
            "The allowed signature algorithms of the client's certificate and, with `validateTrust`, of every certificate in its"
                    + " path except the root, such as `SHA256withRSA, SHA256withECDSA,"
                    + " SHA256withRSAandMGF1, Ed25519`."),
    KEY_USAGE(
            "keyUsage",
            text("names"),
            null,
            "The key usages that a certificate must have, all of them, such as `digitalSignature`."),
    EXTENDED_KEY_USAGE(
            "extendedKeyUsage",
            text("names or OIDs"),
            null,
            "The purposes that a certificate must have, all of them, such as `clientAuth`. `anyExtendedKeyUsage` matches only"
                    + " itself."),
    CERTIFICATE_POLICIES(
            "certificatePolicies",
            text("OIDs"),
            null,
            "The policies of which a certificate must have at least one, as dotted OIDs."),
    VALIDATE_NOT_BEFORE("validateNotBefore", FLAG, "true", "Refuse a certificate before its period of validity."),
    VALIDATE_NOT_AFTER("validateNotAfter", FLAG, "true", "Refuse a certificate after its period of validity."),
    CLOCK_SKEW(
            "clockSkew",
            duration("0s", "1h"),
            "0s",
            "Allowed difference between the clocks of client and server when dates are checked."),
    VALIDATE_TRUST(
            "validateTrust",
            FLAG,
            "false",
            "Refuse a certificate that has no valid path (RFC 5280) to a root of `trustStore`, or is not for client"
                    + " authentication."),
    TRUST_STORE(
            "trustStore",
            text("location"),
            null,
            "The certificates for these paths: roots, which are self-signed, and any intermediates that clients do not"
                    + " send. `java:…`, `jndi:NAME`, or the path of a key store, a PEM or DER file, or a directory of"
                    + " these. Needs `validateTrust`. The authorities of the Java runtime are never used."),
    TRUST_STORE_PASSWORD(
            "trustStorePassword",
            password(),
            null,
            "Password of the key store file named in `trustStore`; it may be empty, like `storePassword`.",
            "trustStore"),
    TRUST_STORE_PASSWORD_FILE(
            "trustStorePasswordFile",
            text("file"),
            null,
            "A file whose first line is that password; instead of `trustStorePassword`.",
            "trustStore"),
    VALIDATE_REVOCATION(
            "validateRevocation",
            FLAG,
            "false",
            "Refuse a certificate unless it is proved that neither it nor any intermediate of its path is revoked. Needs"
                    + " `validateTrust`. The enabled sources are tried in this order until one has an answer: `crl`, `ocsp`,"
                    + " `crlDistributionPoints`."),
    CRL(
            "crl",
            text("locations"),
            null,
            "CRL files in PEM or DER, or directories of them (`.crl`, `.pem`, `.der`), separated by `,` or `;`. A CRL must be"
                    + " complete, in force, and signed by a certificate of `trustStore`.",
            "validateRevocation"),
    OCSP(
            "ocsp",
            FLAG,
            "true",
            "Ask the OCSP responders named in certificates, over `http` and `https` only.",
            "validateRevocation"),
    CRL_DISTRIBUTION_POINTS(
            "crlDistributionPoints",
            FLAG,
            "true",
            "Fetch the CRLs named in certificates, over `http` and `https` only, up to 8 MB each.",
            "validateRevocation"),
    REVOCATION_SOFT_FAIL(
            "revocationSoftFail",
            FLAG,
            "false",
            "Admit a certificate whose revocation status cannot be determined, because there is no source or it did not"
                    + " answer in time; the log and a counter report how often. A certificate is still refused if the status is"
                    + " revoked or unknown, or the answer is not valid.",
            "validateRevocation"),
    REVOCATION_TIMEOUT(
            "revocationTimeout",
            duration("1s", "30s"),
            "3s",
            "Longest time one request waits for OCSP responses and CRLs, for the whole path.",
            "validateRevocation"),
    CERTIFICATE_HEADER(
            "certificateHeader",
            text("format, or format and header name"),
            null,
            "Take certificates from a header field that a proxy sets: `rfc9440`, `nginx`, `apache`, `haproxy`, `azure`,"
                    + " `traefik`, `aws-alb`, `xfcc` or `fingerprint`; followed by a name if it is not the usual one, such as"
                    + " `nginx X-My-Cert`. `fingerprint` has no usual name and takes the thumbprint alone: all lists need"
                    + " the algorithm that the proxy sends, and the conditions of `xfccHashOnly` apply. Needs `trustedProxies` or `trustedProxyThumbprints`. From a trusted proxy only this"
                    + " header is used; from any other peer it is ignored and removed."),
    TRUSTED_PROXIES(
            "trustedProxies",
            text("addresses and ranges"),
            null,
            "The proxies whose header is trusted: literal IPv4 and IPv6 addresses and ranges such as `10.1.0.0/16`, separated"
                    + " by white space, commas or semicolons. Compared with the peer of the socket; no proxy is trusted by"
                    + " default.",
            "certificateHeader"),
    TRUSTED_PROXY_THUMBPRINTS(
            "trustedProxyThumbprints",
            text("thumbprints"),
            null,
            "The proxies whose header is trusted: thumbprints of the proxies' own TLS certificates. With `trustedProxies`,"
                    + " both must match.",
            "certificateHeader"),
    TRUSTED_PROXIES_ALLOW_ANY(
            "trustedProxiesAllowAny",
            FLAG,
            "false",
            "Allow `0.0.0.0/0` and `::/0` in `trustedProxies`, where only proxies can reach the connector.",
            "trustedProxies"),
    TRUSTED_PROXIES_BY_REMOTE_ADDR(
            "trustedProxiesByRemoteAddr",
            FLAG,
            "false",
            "For the filter, which knows the peer only by `getRemoteAddr()`: confirms that nothing before it (RemoteIpValve, a"
                    + " customizer of forwarded requests, AJP, the PROXY protocol) rewrites that address. Without it and without"
                    + " `trustedProxyThumbprints` the filter refuses to start. The valve always uses the peer of the socket.",
            "trustedProxies"),
    PROXY_HOPS(
            "proxyHops",
            number(1, 10),
            "1",
            "Number of elements that `xfcc` must have, one for each proxy on the way; the first is the client's.",
            "certificateHeader"),
    PROXY_VERIFY_HEADER(
            "proxyVerifyHeader",
            text("header name"),
            null,
            "Another header field, which must have the value `proxyVerifyValue` whenever there is a certificate, such as"
                    + " `X-SSL-Client-Verify`.",
            "certificateHeader"),
    PROXY_VERIFY_VALUE(
            "proxyVerifyValue",
            secret("header value"),
            null,
            "The exact value of `proxyVerifyHeader`, such as `SUCCESS`; or a secret of the proxy, which is never logged.",
            "proxyVerifyHeader"),
    XFCC_HASH_ONLY(
            "xfccHashOnly",
            FLAG,
            "false",
            "Accept `Hash` without `Cert` in `xfcc`. Only SHA-256 thumbprint lists apply then, also to what is denied: no"
                    + " rules, pins, trust or constraints. Needs `validateNotBefore=false` and `validateNotAfter=false`.",
            "certificateHeader"),
    HIDE_CERTIFICATE_HEADER(
            "hideCertificateHeader",
            FLAG,
            "true",
            "Remove these header fields before the application sees the request. Those of untrusted peers are always"
                    + " removed.",
            "certificateHeader"),
    MODE(
            "mode",
            oneOf(Mode.class),
            "enforce",
            "`enforce` refuses. `report` lets every request pass and logs what would be refused. `annotate` lets every"
                    + " request pass and gives the decision to the application."),
    NO_CERTIFICATE(
            "noCertificate",
            oneOf("refuse", "anonymous"),
            "refuse",
            "What to do with a request without any certificate. `anonymous`: it passes, without a principal. A request with a"
                    + " certificate that is not allowed is still refused."),
    EXCLUDE(
            "exclude",
            text("path patterns"),
            null,
            "Paths that need no certificate, as patterns of the servlet specification, separated by white space, commas or"
                    + " semicolons; relative to the application (at Host and Engine with the context path)."),
    CORS_PREFLIGHT(
            "corsPreflight",
            oneOf("never", "always"),
            "never",
            "Whether CORS preflights, which browsers send without a certificate, pass."),
    DENY_STATUS("denyStatus", oneOf("401", "403"), "401", "HTTP status of a refusal."),
    REASON("reason", text("text"), "Invalid client certificate", "The title sent to a refused client."),
    CHALLENGE(
            "challenge",
            text("header value"),
            "ClientCertificate realm=\"client certificate\"",
            "Value of `WWW-Authenticate`, which RFC 9110 requires in every 401."),
    ERROR_FORMAT(
            "errorFormat",
            oneOf(ErrorFormat.class),
            "auto",
            "The body of a refusal: `problem` (RFC 9457), `html` (a small page), `auto` (by the Accept field), `container`"
                    + " (the application's error page; in the filter, and in a valve of a Context)."),
    TELL_REASON(
            "tellReason",
            FLAG,
            "false",
            "Send the client the specific reason code instead of `TK-100` for every reason."),
    PRINCIPAL(
            "principal",
            oneOf(PrincipalSource.class),
            "label",
            "The name of an admitted request's principal. `label`: the label of the entry; if it has none, the text of the"
                    + " entry. `none`: no principal of ours; an existing one stays. `subject`, `common-name`, `email` and"
                    + " `user-principal-name` need `validateTrust`, or lists that consist of thumbprints of SHA-256 or longer"
                    + " only. A certificate without exactly one such name is refused."),
    EXISTING_PRINCIPAL(
            "existingPrincipal",
            oneOf(Settings.ExistingPrincipal.class),
            "replace",
            "What to do with the existing principal of an admitted request."),
    ROLES(
            "roles",
            text("names"),
            null,
            "Roles of every admitted request, in addition to those of its entry, separated by commas."),
    ROLE_MAPPING(
            "roleMapping",
            text("labels with roles"),
            null,
            "Roles by the label of the entry, such as `alice=admin,orders; partner-*=orders`: for stores that have none, such as"
                    + " a folder or a key store. They are added to the entry's own and to `roles`; a label may be a pattern"
                    + " as in `storeFilter`. `file:PATH` reads them from a properties file, again when it changes. See"
                    + " `roles.md`.",
            "thumbprints",
            "publicKeyPins",
            "store");

    private final String key;

    @SuppressWarnings("ImmutableEnumChecker") // every ValueSyntax is a record of immutable values
    private final ValueSyntax syntax;

    private final @Nullable String defaultValue;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> owners;

    /**
     * Makes a row.
     *
     * @param owners the keys of the settings that this one belongs to: it may be set only if at least one of them is
     */
    Setting(String key, ValueSyntax syntax, @Nullable String defaultValue, String description, String... owners) {
        this.key = key;
        this.syntax = syntax;
        this.defaultValue = defaultValue;
        this.description = description;
        this.owners = List.of(owners);
    }

    /** Returns the name as it is written in {@code server.xml}, {@code web.xml} and properties files. */
    public String key() {
        return key;
    }

    /** Returns the expected values in a few words. */
    public String type() {
        return syntax.description();
    }

    /** Returns the value used if the setting is left out, or null if there is none. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** Returns the purpose of the setting, in Markdown. */
    public String description() {
        return description;
    }

    ValueSyntax syntax() {
        return syntax;
    }

    /** Returns the settings of which at least one must be set for this one to have an effect; empty if it stands alone. */
    List<Setting> owners() {
        return owners.stream().map(owner -> named(owner).orElseThrow()).toList();
    }

    /** Returns the setting with this name. */
    static Optional<Setting> named(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }

    /** Returns whether no message may show its value. */
    boolean isSecret() {
        return display() == ValueSyntax.Display.SECRET;
    }

    /** Returns whether the empty text is a value. */
    boolean mayBeEmpty() {
        return syntax instanceof ValueSyntax.Text text && text.mayBeEmpty();
    }

    /** Returns whether the start-up line shows its value. */
    boolean isSummarized() {
        return display() == ValueSyntax.Display.SHOWN;
    }

    private ValueSyntax.Display display() {
        return syntax instanceof ValueSyntax.Text text ? text.display() : ValueSyntax.Display.SHOWN;
    }
}
