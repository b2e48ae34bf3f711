/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The issuer and the serial number of one certificate.
 *
 * <p>Immutable and safe to share between threads.
 */
public record IssuedSerial(X500Principal issuer, BigInteger serial) {

    private static final Pattern FORM = Pattern.compile("issuer=(\"[^\"]+\"|'[^']+')\\s+serial=(\\S+)");

    /**
     * Reads {@code issuer="CN=…" serial=…}, with the issuer as RFC 2253 writes it.
     *
     * @throws IllegalArgumentException if it is malformed; it says what is accepted
     */
    public static IssuedSerial parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("is malformed; accepted is issuer=\"CN=…\" serial=0x…");
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
