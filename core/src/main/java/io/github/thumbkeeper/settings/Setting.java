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
    STORE_PASSWORD("storePassword", "password", null, "The password of key store files named in `store` and `deny`."),
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
    SQL_TABLE(
            "sqlTable",
            "name of a table",
            "thumbkeeper_client",
            "The table that is read when a `javax.sql.DataSource` is bound to a name in `store`. Its changes are counted in"
                    + " another table, of this name with `_change` behind it; the jar has the DDL of both."),
    SQL_QUERY(
            "sqlQuery",
            "query",
            null,
            "A query of your own instead. Its columns are named `label`, `thumbprint`, `certificate`, `roles`, `valid_from`,"
                    + " `valid_until` and `enabled`; one of `thumbprint` and `certificate` must be there, others may not be."),
    SQL_CHANGE_QUERY(
            "sqlChangeQuery",
            "query or none",
            null,
            "A query with a result of one row that is another one after every change. While it is the same, the rows are"
                    + " not read, but for every hundredth look. `none`: they are read at each look, which is the default"
                    + " with `sqlQuery`."),
    SQL_TIMEOUT(
            "sqlTimeout",
            "duration up to 1h",
            "10s",
            "How long each query, and all of one reading of the database, may take."),
    ALLOW_EMPTY_STORE(
            "allowEmptyStore",
            "true or false",
            "false",
            "Start although a store lists nothing. What it does not list is refused. A deny list that lists nothing any more, and"
                    + " a file of rules without a rule, take effect only with this."),
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
    LDAP_BASE(
            "ldapBase",
            "name",
            null,
            "For a `store` that is a directory: the entry below which it is searched, relative to the context that is bound,"
                    + " such as `ou=clients`; without it, the context itself."),
    LDAP_FILTER(
            "ldapFilter",
            "filter",
            null,
            "Which entries are looked at, as RFC 4515 writes it; without it, all that have `ldapCertificateAttribute`."),
    LDAP_CERTIFICATE_ATTRIBUTE(
            "ldapCertificateAttribute",
            "attribute",
            "userCertificate;binary",
            "The attribute with the certificates; each of its values counts. It is found with and without `;binary`."),
    LDAP_LABEL_ATTRIBUTE(
            "ldapLabelAttribute",
            "attribute",
            "cn",
            "The attribute that names the owner. Two values of it refuse the store; without any, the entry has no label."),
    LDAP_ROLES_ATTRIBUTE(
            "ldapRolesAttribute", "attribute", null, "The attribute with the owner's roles, one in each value."),
    LDAP_PAGE_SIZE(
            "ldapPageSize",
            "0 to 100000",
            "1000",
            "How many entries are asked for at a time (RFC 2696); `0` asks for all at once, for a server that knows no"
                    + " pages."),
    LDAP_TIMEOUT(
            "ldapTimeout",
            "duration from 1s up to 1h",
            "10s",
            "How long connecting, each answer, and the whole reading of the directory may take."),
    LDAP_START_TLS(
            "ldapStartTls",
            "true or false",
            "false",
            "Secure the connection by StartTLS before anything is sent over it; if that fails, so does the reading. With a"
                    + " URL that begins with `ldaps:` it is not needed."),
    REFRESH_INTERVAL(
            "refreshInterval", "duration", "30s", "How often the stores are looked at for changes; `0s` means never."),
    MAX_STALENESS(
            "maxStaleness",
            "duration up to 8760h",
            null,
            "When a store has not been read completely for longer than this, every request gets 503 until it is; without it"
                    + " the last good list stays for as long as it takes. Longer than `refreshInterval`."),
    IDENTITIES(
            "identities",
            "rules",
            null,
            "Rules that admit certificates which are not listed, such as `common-name=alice dns-name=api.example.com`: all the"
                    + " claims of one rule, any of the rules. They are separated by `;` or line breaks, values with blanks or commas"
                    + " stand in quotes; `file:PATH` reads them from a file, again when it changes. The claim `label` narrows `store`"
                    + " instead. See `checks.md`."),
    DENY(
            "deny",
            "thumbprints, pins, issuers and serial numbers, locations",
            null,
            "What is refused although it is listed: thumbprints, `sha256/…` pins, `issuer=\"CN=…\" serial=…`, and locations as in"
                    + " `store`, separated by `,` or `;`. A certificate in such a location is denied by issuer and serial number"
                    + " too."),
    MINIMUM_KEY_SIZE(
            "minimumKeySize",
            "such as RSA=2048, EC=256",
            null,
            "The least size in bits of each kind of key: `RSA`, `EC`, `DSA`, `Ed25519` (256), `Ed448` (456). Kinds that are not"
                    + " named are refused."),
    ALLOWED_SIGNATURE_ALGORITHMS(
            "allowedSignatureAlgorithms",
            "names",
            null,
            "The algorithms a certificate may be signed with, such as `SHA256withRSA, SHA256withECDSA, SHA256withRSAandMGF1,"
                    + " Ed25519`."),
    KEY_USAGE(
            "keyUsage",
            "names",
            null,
            "What the key of a certificate must be allowed to be used for, such as `digitalSignature`; all of them."),
    EXTENDED_KEY_USAGE(
            "extendedKeyUsage",
            "names or OIDs",
            null,
            "The purposes a certificate must have, such as `clientAuth`; all of them. `anyExtendedKeyUsage` stands for itself"
                    + " only."),
    CERTIFICATE_POLICIES(
            "certificatePolicies",
            "OIDs",
            null,
            "The policies of which a certificate must have at least one, as dotted OIDs."),
    VALIDATE_NOT_BEFORE(
            "validateNotBefore", "true or false", "true", "Refuse a certificate before its period of validity."),
    VALIDATE_NOT_AFTER(
            "validateNotAfter", "true or false", "true", "Refuse a certificate after its period of validity."),
    CLOCK_SKEW(
            "clockSkew",
            "duration up to 1h",
            "0s",
            "By how much the clocks of client and server may differ when dates are checked."),
    VALIDATE_TRUST(
            "validateTrust",
            "true or false",
            "false",
            "Refuse a certificate without a valid path (RFC 5280) to a root of `trustStore`, or that is not meant for the"
                    + " authentication of clients."),
    TRUST_STORE(
            "trustStore",
            "location",
            null,
            "The certificates that paths lead through: roots, which are self-signed, and any intermediates that clients do"
                    + " not send. `java:…`, `jndi:NAME`, or the path of a key store, a PEM or DER file, or a directory of"
                    + " these. Needs `validateTrust`. The authorities of the Java runtime are never used."),
    TRUST_STORE_PASSWORD(
            "trustStorePassword", "password", null, "The password of a key store file named in `trustStore`."),
    TRUST_STORE_PASSWORD_FILE(
            "trustStorePasswordFile",
            "file",
            null,
            "A file whose first line is that password; instead of `trustStorePassword`."),
    VALIDATE_REVOCATION(
            "validateRevocation",
            "true or false",
            "false",
            "Refuse a certificate unless it is shown that neither it nor any intermediate of its path is revoked. Needs"
                    + " `validateTrust`. What is switched on is asked in this order until one knows: `crl`, `ocsp`,"
                    + " `crlDistributionPoints`."),
    CRL(
            "crl",
            "locations",
            null,
            "Files with certificate revocation lists in PEM or DER, or directories of them (`.crl`, `.pem`, `.der`), separated"
                    + " by `,` or `;`. They must be complete, in force, and signed by a certificate of `trustStore`."),
    OCSP(
            "ocsp",
            "true or false",
            "true",
            "Ask the OCSP responders that certificates name, over `http` and `https` only."),
    CRL_DISTRIBUTION_POINTS(
            "crlDistributionPoints",
            "true or false",
            "true",
            "Fetch the revocation lists that certificates name, over `http` and `https` only, up to 8 MB each."),
    REVOCATION_SOFT_FAIL(
            "revocationSoftFail",
            "true or false",
            "false",
            "Let a certificate pass if nobody could be asked whether it is revoked, or did not answer in time; the log and a"
                    + " counter tell how often. An answer that says revoked or unknown, or does not count, refuses all the same."),
    REVOCATION_TIMEOUT(
            "revocationTimeout",
            "duration up to 30s",
            "3s",
            "How long one request waits at most for responders and lists, all certificates of its path together."),
    CERTIFICATE_HEADER(
            "certificateHeader",
            "format, or format and header name",
            null,
            "Take certificates from a header field that a proxy sets: `rfc9440`, `nginx`, `apache`, `haproxy`, `azure`,"
                    + " `traefik`, `aws-alb` or `xfcc`; with another name than the usual one, such as `nginx X-My-Cert`. Needs"
                    + " `trustedProxies` or `trustedProxyThumbprints`. From a trusted proxy this header alone counts, from"
                    + " anybody else it is ignored and removed."),
    TRUSTED_PROXIES(
            "trustedProxies",
            "addresses and ranges",
            null,
            "Whose header is believed: literal IPv4 and IPv6 addresses and ranges such as `10.1.0.0/16`, separated by white"
                    + " space, commas or semicolons. Compared with the peer of the socket; nobody is trusted by default."),
    TRUSTED_PROXY_THUMBPRINTS(
            "trustedProxyThumbprints",
            "thumbprints",
            null,
            "Whose header is believed: the thumbprints of the certificates that proxies themselves present in TLS. With"
                    + " `trustedProxies` besides, both must hold."),
    TRUSTED_PROXIES_ALLOW_ANY(
            "trustedProxiesAllowAny",
            "true or false",
            "false",
            "Accept `0.0.0.0/0` and `::/0` in `trustedProxies`, where nobody but proxies can reach the connector."),
    TRUSTED_PROXIES_BY_REMOTE_ADDR(
            "trustedProxiesByRemoteAddr",
            "true or false",
            "false",
            "For the filter, which knows the peer by `getRemoteAddr()` only: says that nothing before it (RemoteIpValve, a"
                    + " customizer of forwarded requests, AJP, the PROXY protocol) rewrites that. Without it and without"
                    + " `trustedProxyThumbprints` the filter refuses to start. The valve always asks the socket."),
    PROXY_HOPS(
            "proxyHops",
            "1 to 10",
            "1",
            "How many elements `xfcc` must have, one for each proxy on the way; the first is the client's."),
    PROXY_VERIFY_HEADER(
            "proxyVerifyHeader",
            "header name",
            null,
            "Another header field, which must have the value `proxyVerifyValue` wherever there is a certificate, such as"
                    + " `X-SSL-Client-Verify`."),
    PROXY_VERIFY_VALUE(
            "proxyVerifyValue",
            "header value",
            null,
            "What `proxyVerifyHeader` must hold, exactly, such as `SUCCESS`; or a secret of the proxy, which is never"
                    + " logged."),
    XFCC_HASH_ONLY(
            "xfccHashOnly",
            "true or false",
            "false",
            "Let the `Hash` of `xfcc` do where there is no `Cert`: a claim, of which nothing but the list can be asked. Needs"
                    + " `validateNotBefore=false` and `validateNotAfter=false`, and lists, also of what is denied, of SHA-256"
                    + " thumbprints only; no rules, pins, trust or demands on certificates."),
    HIDE_CERTIFICATE_HEADER(
            "hideCertificateHeader",
            "true or false",
            "true",
            "Remove these header fields before the application sees the request. Those of untrusted peers are always"
                    + " removed."),
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
                    + " `common-name` need `validateTrust`, or every entry to be a thumbprint of SHA-256 or longer."),
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
        return this == STORE_PASSWORD || this == TRUST_STORE_PASSWORD || this == PROXY_VERIFY_VALUE;
    }
}
