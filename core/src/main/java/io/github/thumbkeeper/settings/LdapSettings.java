/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.ldap.LdapFilterText;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** Says how a directory is searched. */
final class LdapSettings {

    /** The settings that mean nothing without a store. */
    static final Setting[] ALL = {
        Setting.LDAP_BASE,
        Setting.LDAP_FILTER,
        Setting.LDAP_CERTIFICATE_ATTRIBUTE,
        Setting.LDAP_LABEL_ATTRIBUTE,
        Setting.LDAP_ROLES_ATTRIBUTE,
        Setting.LDAP_PAGE_SIZE,
        Setting.LDAP_TIMEOUT,
        Setting.LDAP_START_TLS
    };

    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int LARGEST_PAGE = 100_000;

    /** No object identifiers: asked for one, a server answers by the name. */
    private static final Pattern TEXT = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    private static final Pattern CERTIFICATE = Pattern.compile(TEXT + "(;(?i)binary)?");

    private final SettingValues values;

    LdapSettings(SettingValues values) {
        this.values = values;
    }

    LdapOptions options() {
        String certificate = String.valueOf(attribute(Setting.LDAP_CERTIFICATE_ATTRIBUTE, CERTIFICATE));
        return new LdapOptions(
                base(),
                filter(certificate),
                certificate,
                String.valueOf(attribute(Setting.LDAP_LABEL_ATTRIBUTE, TEXT)),
                attribute(Setting.LDAP_ROLES_ATTRIBUTE, TEXT),
                values.number(Setting.LDAP_PAGE_SIZE, 0, LARGEST_PAGE),
                timeout(),
                values.flag(Setting.LDAP_START_TLS));
    }

    private String base() {
        String base = values.text(Setting.LDAP_BASE);
        try {
            return base == null ? "" : new LdapName(base).toString();
        } catch (InvalidNameException e) {
            values.problem(
                    Setting.LDAP_BASE,
                    SafeText.quoted(String.valueOf(base))
                            + " is no distinguished name; accepted is a name as RFC 4514 writes it, such as"
                            + " ou=clients, relative to the context that is bound");
            return "";
        }
    }

    private String filter(String certificateAttribute) {
        String filter = values.text(Setting.LDAP_FILTER);
        String problem = filter == null ? null : LdapFilterText.problem(filter);
        if (filter != null && problem != null) {
            values.problem(
                    Setting.LDAP_FILTER,
                    SafeText.quoted(filter) + " " + problem
                            + "; accepted is a filter as RFC 4515 writes it, such as (objectClass=person)");
        }
        return filter == null ? LdapOptions.filterFor(certificateAttribute) : filter;
    }

    private @Nullable String attribute(Setting setting, Pattern accepted) {
        String attribute = values.text(setting);
        if (attribute != null && !accepted.matcher(attribute).matches()) {
            values.problem(
                    setting,
                    SafeText.quoted(attribute) + " is no attribute; accepted is a name of letters, digits and hyphens"
                            + (accepted == CERTIFICATE ? ", with or without ;binary" : ""));
        }
        return attribute;
    }

    private Duration timeout() {
        Duration timeout = values.duration(Setting.LDAP_TIMEOUT, LONGEST);
        if (timeout.isZero()) {
            values.problem(Setting.LDAP_TIMEOUT, "[0s] would be no time at all; accepted is 1s or more");
        }
        return timeout;
    }
}
