/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.ldap.LdapFilterText;
import io.github.thumbkeeper.store.ldap.LdapOptions;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/** Reads the settings of stores in LDAP directories. */
final class LdapSettings {

    /** Does not match object identifiers: a server that is asked for one returns the name. */
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
                values.number(Setting.LDAP_PAGE_SIZE),
                values.duration(Setting.LDAP_TIMEOUT),
                changeAttribute(certificate),
                values.isOn(Setting.LDAP_START_TLS));
    }

    private String base() {
        String base = values.text(Setting.LDAP_BASE);
        try {
            return base == null ? "" : new LdapName(base).toString();
        } catch (InvalidNameException e) {
            values.problem(
                    Setting.LDAP_BASE,
                    SafeText.quoted(String.valueOf(base))
                            + " is not a distinguished name; expected the syntax of RFC 4514, such as"
                            + " ou=clients, relative to the bound context");
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
                            + "; expected the syntax of RFC 4515, such as (objectClass=person)");
        }
        return filter == null ? LdapOptions.filterFor(certificateAttribute) : filter;
    }

    /** Refuses an attribute of the settings' other purposes: most changes of an entry would not change it. */
    private @Nullable String changeAttribute(String certificateAttribute) {
        String attribute = attribute(Setting.LDAP_CHANGE_ATTRIBUTE, TEXT);
        boolean other = Stream.of(
                        certificateAttribute.split(";", 2)[0],
                        values.text(Setting.LDAP_LABEL_ATTRIBUTE),
                        values.text(Setting.LDAP_ROLES_ATTRIBUTE))
                .anyMatch(each -> each != null && each.equalsIgnoreCase(attribute));
        if (other) {
            values.conflict(
                    Setting.LDAP_CHANGE_ATTRIBUTE,
                    SafeText.quoted(String.valueOf(attribute))
                            + " is also the attribute with the certificates, label or roles; expected one that the"
                            + " server changes with each change of an entry, such as entryCSN");
        }
        return attribute;
    }

    private @Nullable String attribute(Setting setting, Pattern expected) {
        String attribute = values.text(setting);
        if (attribute != null && !expected.matcher(attribute).matches()) {
            values.problem(
                    setting,
                    SafeText.quoted(attribute) + " is not an attribute name; expected letters, digits and hyphens"
                            + (expected == CERTIFICATE ? ", with or without ;binary" : ""));
        }
        return attribute;
    }
}
