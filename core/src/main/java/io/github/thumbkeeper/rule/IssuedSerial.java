/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import io.github.thumbkeeper.certificate.x509.NameFormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * Issuer and serial number of a certificate, as written in a deny list.
 *
 * <p>Immutable and thread-safe.
 *
 * @param issuers the issuer's name, and the same in reverse order if it seems to be written in the order of DER: a denial must not
 *     fail because of the order
 * @param serial the serial number
 */
public record IssuedSerial(List<X500Principal> issuers, BigInteger serial) {

    /** A backslash in the issuer's name protects the quote that follows, as in rules. */
    private static final Pattern FORM =
            Pattern.compile("issuer=(\"(?:[^\"\\\\]|\\\\.)+\"|'(?:[^'\\\\]|\\\\.)+')\\s+serial=(\\S+)");

    public IssuedSerial {
        issuers = List.copyOf(issuers);
    }

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
            DistinguishedName name = ClaimValues.distinguishedName(issuer);
            List<X500Principal> issuers = new ArrayList<>(List.of(DistinguishedName.principal(issuer)));
            if (name.seemsReversed()) {
                issuers.add(DistinguishedName.reversedPrincipal(issuer));
            }
            return new IssuedSerial(issuers, ClaimValues.serial(matcher.group(2)));
        } catch (BadClaimException e) {
            throw new IllegalArgumentException("is malformed: " + e.problem(TextOrigin.SETTING));
        } catch (NameFormatException e) {
            throw new IllegalArgumentException(
                    "is malformed: " + TextOrigin.SETTING.quoted(e.part()) + " " + e.problem());
        }
    }
}
