/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/**
 * Prints distinguished names by RFC 4514 section 2, with the keywords of {@link NameKeywords}. {@link NameParser} reads the text back.
 *
 * <p>Thread-safe.
 */
final class NamePrinter {

    /** The JDK escapes these too, so names that need no other keyword have the same text. */
    private static final String ESCAPED = ",=+<>#;\"\\";

    private NamePrinter() {}

    static String print(X500Name name) {
        StringBuilder out = new StringBuilder();
        RDN[] relativeNames = name.getRDNs();
        for (int i = relativeNames.length - 1; i >= 0; i--) {
            String separator = "";
            for (AttributeTypeAndValue attribute : relativeNames[i].getTypesAndValues()) {
                out.append(separator);
                print(attribute, out);
                separator = "+";
            }
            out.append(i == 0 ? "" : ",");
        }
        return out.toString();
    }

    /** A value is text only after a keyword (RFC 4514 section 2.4). */
    private static void print(AttributeTypeAndValue attribute, StringBuilder out) {
        String oid = attribute.getType().getId();
        String keyword = NameKeywords.keyword(oid).orElse(null);
        String text = keyword == null ? null : text(attribute.getValue());
        out.append(keyword == null ? oid : keyword).append('=');
        if (text == null) {
            out.append('#').append(hex(attribute.getValue()));
        } else {
            escape(text, out);
        }
    }

    /** Returns the text, or null if the value is not text or cannot be written in UTF-8. */
    private static @Nullable String text(ASN1Encodable value) {
        String text = DirectoryString.isText(value) ? DirectoryString.decode(value) : null;
        boolean halved = text != null && text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
        return halved ? null : text;
    }

    private static void escape(String text, StringBuilder out) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == ' ') {
            first++;
        }
        int last = text.length() - 1;
        while (last >= first && text.charAt(last) == ' ') {
            last--;
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isInvisible(c)) {
                byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                out.append(HexFormat.ofDelimiter("")
                        .withPrefix("\\")
                        .withUpperCase()
                        .formatHex(bytes));
            } else {
                boolean outer = i < first || i > last;
                out.append(outer || ESCAPED.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String hex(ASN1Encodable value) {
        try {
            return HexFormat.of().formatHex(value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
