/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LdapFilterTextTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "(userCertificate;binary=*)",
                "(|(userCertificate=*)(userCertificate;binary=*))",
                "(&(objectClass=person)(!(memberOf=cn=leavers,ou=groups,dc=example,dc=org)))",
                "(cn=Babs Jensen)",
                "(o=univ*of*mich*)",
                "(seeAlso=)",
                "(cn:caseExactMatch:=Fred Flintstone)",
                "(sn:dn:2.4.6.8.10:=Barney Rubble)",
                "(o:dn:=Ace Industry)",
                "(:1.2.3:=Wilma Flintstone)",
                "(:dn:2.4.6.8.10:=Dino)",
                "(o=Parens R Us \\28for all your parenthetical needs\\29)",
                "(filename=C:\\5cMyFile)",
                "(sn=Lu\\c4\\8di\\c4\\87)",
                "(1.3.6.1.4.1.1466.0=\\04\\02\\48\\69)",
                "(cn=Müller)",
                "(uid>=a)",
                "(uid<=z)",
                "(uid~=al)",
                "(a=b=c)"
            })
    @DisplayName("accepts the filters of RFC 4515, including its examples")
    void acceptsFilters(String filter) throws LDAPException {
        assertThat(LdapFilterText.problem(filter)).isNull();
        assertThat(Filter.create(filter)).isNotNull();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '#',
            value = {
                "cn=* # lacks [(] at index 0",
                "(cn=* # lacks [)] at index 5",
                "(cn=*)) # is more than one filter at index 6",
                "(cn=*)(uid=*) # is more than one filter at index 6",
                "() # lacks an attribute and [=] at index 1",
                "(=x) # lacks an attribute and [=] at index 1",
                "(cn) # lacks an attribute and [=] at index 1",
                "(&) # lacks [(] at index 2",
                "(&(cn=a)x) # lacks [)] at index 8",
                "(!(a=b)(c=d)) # lacks [)] at index 7",
                "(c n=x) # has [c n], which is not an attribute, at index 1",
                "(>=x) # has [], which is not an attribute, at index 1",
                "(cn=a(b) # has a character that a value must escape, as \\28, at index 5",
                "(cn=\\2) # lacks two hex digits after [\\] at index 4",
                "(cn=\\zz) # lacks two hex digits after [\\] at index 4",
                "(cn=\\ # lacks two hex digits after [\\] at index 4",
                "(cn:=x # lacks [)] at index 6",
                "(:=x) # has [], which is not an attribute, at index 1"
            })
    void refusesOtherText(String filter, String problem) {
        assertThat(LdapFilterText.problem(filter)).isEqualTo(problem);
    }

    @Test
    void refusesEmptyTextAndNul() {
        assertThat(LdapFilterText.problem("")).isEqualTo("lacks [(] at index 0");
        assertThat(LdapFilterText.problem("(cn=a\0b)")).contains("must escape");
    }

    @Test
    @DisplayName("excessive nesting is refused, not a stack overflow")
    void refusesDeepNesting() {
        String deep = "(!".repeat(100_000) + "(a=b)" + ")".repeat(100_000);

        assertThat(LdapFilterText.problem(deep)).startsWith("is nested more than 50 deep");
        assertThat(LdapFilterText.problem("(cn=" + "a".repeat(1_000_000) + ")")).isNull();
    }
}
