/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Issuer and serial number of a certificate, as written in a deny list.
 *
 * <p>Immutable and thread-safe.
 */
public record IssuedSerial(X500Principal issuer, BigInteger serial) {

    private static final Pattern FORM = Pattern.compile("issuer=(\"[^\"]+\"|'[^']+')\\s+serial=(\\S+)");

    /**
     * Parses {@code issuer="CN=…" serial=…}, with the issuer in the form of RFC 2253.
     *
     * @throws IllegalArgumentException if the text is malformed; the message names what is expected
     */
    public static IssuedSerial parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is malformed; expected issuer=\"CN=…\" serial=0x…");
        }
        String quoted = matcher.group(1);
        String issuer = quoted.substring(1, quoted.length() - 1);
        try {
            ClaimValues.distinguishedName(issuer);
            return new IssuedSerial(DistinguishedName.principal(issuer), ClaimValues.serial(matcher.group(2)));
        } catch (BadClaimException e) {
            throw new IllegalArgumentException("is malformed: " + e.problem(TextOrigin.SETTING));
        }
    }
}
