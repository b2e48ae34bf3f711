/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNumericString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.DERVisibleString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that the text of a distinguished name and its structure mean the same, in both directions. */
class NameTextTest {

    static final List<Arguments> FAULTS = List.of(
            Arguments.of("", "is empty"),
            Arguments.of("  ", "is empty"),
            Arguments.of("alice", "has no equals sign"),
            Arguments.of("=alice", "an attribute has no keyword"),
            Arguments.of("CN=alice,", "an attribute has no keyword"),
            Arguments.of("CN=alice+", "an attribute has no keyword"),
            Arguments.of(",CN=alice", "an attribute has no keyword"),
            Arguments.of("CN=alice,,O=x", "an attribute has no keyword"),
            Arguments.of("CN=alice,O=Example, Inc.,C=US", "needs a backslash before it"),
            Arguments.of("/C=US/O=Example/CN=alice", "slashes are an old form of OpenSSL"),
            Arguments.of("CN=alice,foo=x", "is not a known keyword"),
            Arguments.of("CN alice=x", "is not a known keyword"),
            Arguments.of("CN=alice,uniqueIdentifier=x", "is not a known keyword"),
            Arguments.of("1=x", "is not a known keyword"),
            Arguments.of("1..2=x", "is not a known keyword"),
            Arguments.of("OID.=x", "is not a known keyword"),
            Arguments.of("OID.CN=x", "is not a known keyword"),
            Arguments.of("3.1.2=x", "is not a valid OID"),
            Arguments.of("2.05.4.3=x", "is not a valid OID"),
            Arguments.of("CN=", "is empty or blank"),
            Arguments.of("CN= ,O=x", "is empty or blank"),
            Arguments.of("CN=\"\"", "is empty or blank"),
            Arguments.of("CN=\\ ", "is empty or blank"),
            Arguments.of("CN=#0C00", "is empty or blank"),
            Arguments.of("CN=a\\0Ab", "control characters"),
            Arguments.of("CN=a\\00", "control characters"),
            Arguments.of("CN=#0C03610062", "control characters"),
            Arguments.of("CN=a<b", "needs a backslash"),
            Arguments.of("CN=a>b", "needs a backslash"),
            Arguments.of("CN=a\"b", "needs a backslash"),
            Arguments.of("CN=\"alice", "has a quote that does not end"),
            Arguments.of("CN=\"alice\"x", "continues after its closing quote"),
            Arguments.of("CN=\"alice\" \"x\"", "continues after its closing quote"),
            Arguments.of("CN=a\\", "is not an escape"),
            Arguments.of("CN=DOMAIN\\alice", "is not an escape"),
            Arguments.of("CN=a\\x41", "is not an escape"),
            Arguments.of("CN=a\\u0041", "is not an escape"),
            Arguments.of("CN=a\\4", "is not an escape"),
            Arguments.of("CN=a\\C3", "are not UTF-8"),
            Arguments.of("CN=a\\C0\\80", "are not UTF-8"),
            Arguments.of("CN=a\\ED\\A0\\80", "are not UTF-8"),
            Arguments.of("CN=a\\E9", "are not UTF-8"),
            Arguments.of("CN=a\uD800", "half of a surrogate pair"),
            Arguments.of("CN=#", "is not one value of ASN.1"),
            Arguments.of("CN=#1 team", "is not one value of ASN.1"),
            Arguments.of("CN=#0C", "is not one value of ASN.1"),
            Arguments.of("CN=#0C0161FF", "is not one value of ASN.1"),
            Arguments.of("CN=#0C810161", "is not one value of ASN.1"),
            Arguments.of("CN=#0C0161 00", "is not one value of ASN.1"),
            Arguments.of("CN=#\uFF10\uFF11", "is not one value of ASN.1"),
            Arguments.of("CN=a+CN=a", "has the same attribute twice"),
            Arguments.of("CN=a+commonName=#130161", "has the same attribute twice"),
            Arguments.of("C\u039D=a", "is not a known keyword"),
            Arguments.of("CN=" + "a".repeat(1025), "longer than 1024"));

    @ParameterizedTest(name = "[{0}] {1}")
    @FieldSource("FAULTS")
    void refusesFaults(String text, String problem) {
        NameFormatException refused =
                catchThrowableOfType(NameFormatException.class, () -> DistinguishedName.parse(text));

        assertThat(refused.problem()).contains(problem);
        assertThat(refused).hasMessage(null);
    }

    @Test
    void namesTheUnknownKeyword() {
        NameFormatException refused =
                catchThrowableOfType(NameFormatException.class, () -> DistinguishedName.parse("CN=a, licence = 7"));

        assertThat(refused.part()).isEqualTo("licence");
        assertThat(refused.problem())
                .contains("2.5.4.97=PSDDE-BAFIN-123456", "OID.2.5.4.97=#0C1250534444452D424146494E2D313233343536");
    }

    @ParameterizedTest(name = "[{0}] is [{1}]")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=alice,O=Example | 2.5.4.3=alice,2.5.4.10=Example",
                "cn=alice, o = Example | 2.5.4.3=alice,2.5.4.10=Example",
                "CN = alice ; O=Example | 2.5.4.3=alice,2.5.4.10=Example",
                "OID.2.5.4.97=PSDDE-1 | organizationIdentifier=PSDDE-1",
                "oid.2.5.4.97=#0C0141 | organizationIdentifier=A",
                "2.5.4.97=#0c0141 | organizationIdentifier=A",
                "CN=#1E0200E9 | CN=\\C3\\A9",
                "CN=#1401E9 | CN=\\c3\\a9",
                "CN=Jos\u00E9 | CN=Jos\\C3\\A9",
                "CN=\\F0\\9F\\98\\80 | CN=\uD83D\uDE00",
                "CN=\"a, b\" | CN=a\\, b",
                "CN=\"a\\\"b\" | CN=a\\\"b",
                "CN=\"a\"\"b\" | CN=a\\\"b",
                "CN=\" a \",O=x | CN=\\ a\\ ,O=x",
                "CN=\"a\" , O=x | CN=a,O=x",
                "CN=\\20a\\20,O=x | CN=\\ a\\ ,O=x",
                "CN=\\#a#b | CN=\\23a#b",
                "CN=a=b | CN=a\\=b",
                "CN=a\\,b\\+c\\;d\\<e\\>f\\\\g | CN=a\\2Cb\\2Bc\\3Bd\\3Ce\\3Ef\\5Cg",
                "CN=a'b | CN=a\\27b",
                "CN=a+UID=7 | UID=7 + CN=a",
                "x500UniqueIdentifier=#0302000F | 2.5.4.45=#0302000F"
            })
    void readsTheSameName(String one, String other) throws Exception {
        assertThat(DistinguishedName.parse(one)).isEqualTo(DistinguishedName.parse(other));
        assertThat(CanonicalName.of(DistinguishedName.principal(one)))
                .isEqualTo(CanonicalName.of(DistinguishedName.principal(other)));
    }

    @ParameterizedTest(name = "[{0}] is not [{1}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=a,O=b | O=b,CN=a",
                "CN=a+O=b | CN=a,O=b",
                "CN=alice | CN=Alice",
                "SN=7 | serialNumber=7",
                "ST=x | STREET=x",
                "mail=a@b | E=a@b",
                "UID=7 | 0.9.2342.19200300.100.1.44=7",
                "x500UniqueIdentifier=#0302000F | x500UniqueIdentifier=#03020410",
                "x500UniqueIdentifier=#0302000F | x500UniqueIdentifier=\\#0302000F",
                "1.2.3=#020107 | 1.2.3=7",
                "CN=a\\,O=b | CN=a,O=b"
            })
    void readsAnotherName(String one, String other) throws Exception {
        assertThat(DistinguishedName.parse(one)).isNotEqualTo(DistinguishedName.parse(other));
    }

    static List<String> keywords() {
        return NameKeywords.lines();
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void knowsEveryKeywordInEveryCase(String line) throws Exception {
        List<String> words = List.of(line.split(" "));
        DistinguishedName expected = DistinguishedName.parse(words.get(0) + "=x");

        for (String keyword : words.subList(1, words.size())) {
            assertThat(DistinguishedName.parse(keyword + "=x")).isEqualTo(expected);
            assertThat(DistinguishedName.parse(keyword.toUpperCase(Locale.ROOT) + "=x"))
                    .isEqualTo(expected);
            assertThat(DistinguishedName.parse(keyword.toLowerCase(Locale.ROOT) + "=x"))
                    .isEqualTo(expected);
        }
        assertThat(DistinguishedNames.text(DistinguishedName.principal(words.get(0) + "=x")))
                .isEqualTo(words.get(1) + "=x");
    }

    @Test
    void thePageListsEveryKeyword() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "checks.md"));

        for (String line : NameKeywords.lines()) {
            List<String> words = List.of(line.split(" "));
            String others = words.subList(2, words.size()).stream()
                    .map(keyword -> "`" + keyword + "`")
                    .collect(Collectors.joining(", "));
            assertThat(page)
                    .contains(
                            others.isEmpty()
                                    ? "`" + words.get(1) + "`"
                                    : "| `" + words.get(0) + "` | `" + words.get(1) + "` | " + others + " |");
        }
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "SN,2.5.4.4",
        "serialNumber,2.5.4.5",
        "SERIALNUMBER,2.5.4.5",
        "S,2.5.4.8",
        "T,2.5.4.12",
        "title,2.5.4.12",
        "uid,0.9.2342.19200300.100.1.1",
        "E,1.2.840.113549.1.9.1",
        "EMAILADDRESS,1.2.840.113549.1.9.1",
        "DNQ,2.5.4.46",
        "jurisdictionST,1.3.6.1.4.1.311.60.2.1.2",
        "GN,2.5.4.42",
        "I,2.5.4.43"
    })
    void decidesAmbiguousKeywords(String keyword, String oid) {
        assertThat(NameKeywords.oid(keyword)).contains(oid);
    }

    @Test
    void readsKeywordsUnderTurkishLocale() throws Exception {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertThat(DistinguishedName.parse("JURISDICTIONC=BR,INITIALS=i"))
                    .isEqualTo(DistinguishedName.parse("jurisdictionC=BR,initials=i"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("a name that needs no keyword beyond RFC 2253 keeps the text it had, so principals keep their names")
    void printsAsTheJdkDoes() throws Exception {
        for (String name : List.of(
                "CN=alice,O=Example,C=DE",
                "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h\\#i\\=j,O=x",
                "CN=\\ a \\ ,OU=\\ \\ b",
                "CN=J\u00F6rg \uD83D\uDE00,ST=x,L=y,STREET=z,DC=example,DC=com,UID=7",
                "UID=7+CN=a",
                "CN=")) {
            // In DER the attributes of a relative name are sorted.
            X500Principal principal = new X500Principal(new X500Principal(name).getEncoded());
            assertThat(DistinguishedNames.text(principal)).isEqualTo(principal.getName(X500Principal.RFC2253));
        }
    }

    @ParameterizedTest(name = "{0} in a value")
    @ValueSource(
            strings = {
                "x,CN=admin",
                "x+CN=admin",
                "x;CN=admin",
                "\\,CN=admin",
                "\"x\",CN=admin",
                "#0C05616C696365",
                " x",
                "x\\",
                "x\nTK-100 forged",
                "x\u202E\u2066y",
                "x\u0000",
                "x\u2028y"
            })
    void escapesWhatCouldMislead(String value) throws Exception {
        X500Principal subject = new X500Principal("O=x,2.5.4.97=" + hex(new DERUTF8String(value)));

        String text = DistinguishedNames.text(subject);
        assertThat(text).startsWith("O=x,organizationIdentifier=").doesNotContain("\n", "\u202E", "\u2066", "\u2028");
        assertThat(text.replaceAll("\\\\.", "").chars().filter(c -> c == ',')).hasSize(1);
        assertThat(text.replaceAll("\\\\.", "").chars().filter(c -> c == '=')).hasSize(2);
        assertThat(DistinguishedNames.text(new X500Principal("O=x,1.2.3=" + hex(new DERUTF8String(value)))))
                .isEqualTo("O=x,1.2.3=" + hex(new DERUTF8String(value)));
    }

    @Test
    void printsOtherTypesAsBytes() {
        assertThat(DistinguishedNames.text(new X500Principal("2.5.4.45=#0302000F,CN=#020107,2.5.4.16=#30030C0161")))
                .isEqualTo("x500UniqueIdentifier=#0302000f,CN=#020107,postalAddress=#30030c0161");
        assertThat(DistinguishedNames.text(new X500Principal("CN=#1302C3BC"))).isEqualTo("CN=#1302c3bc");
        assertThat(DistinguishedNames.text(new X500Principal("CN=#1E02D800"))).isEqualTo("CN=#1e02d800");
    }

    @Test
    @DisplayName("a denial that OpenSSL's text gives counts for times and for damaged ASCII too")
    void foldsTimesAndDamagedText() throws Exception {
        assertThat(canonical("dateOfBirth=" + hex(new DERGeneralizedTime("19800101000000Z"))))
                .isEqualTo(canonical("dateOfBirth=19800101000000Z"));
        assertThat(canonical("dateOfBirth=" + hex(new DERUTCTime("800101000000Z"))))
                .isEqualTo(canonical("dateOfBirth=800101000000Z"));
        assertThat(CanonicalName.of(new X500Principal("CN=#1302C3BC"))).isEqualTo(canonical("CN=\u00C3\u00BC"));
    }

    @RandomCases
    void readsWhatItPrints(RandomRun run) {
        run.each(random -> {
            X500Principal subject = new X500Principal(name(random));
            DistinguishedName expected = DistinguishedName.of(subject);

            String text = DistinguishedNames.text(subject);

            if (expected == null) {
                // A duplicate attribute, or a blank value.
                assertThat(catchThrowableOfType(NameFormatException.class, () -> DistinguishedName.parse(text)))
                        .isNotNull();
                return;
            }
            assertThat(DistinguishedName.parse(text)).as(text).isEqualTo(expected);
            assertThat(CanonicalName.of(DistinguishedName.principal(text))).isEqualTo(CanonicalName.of(subject));
            assertThat(text.codePoints().map(Character::getType))
                    .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT);
        });
    }

    @RandomCases
    void neverThrowsAnythingElse(RandomRun run) {
        List<String> parts = List.of(
                "CN",
                "O",
                "=",
                ",",
                "+",
                ";",
                "\"",
                "\\",
                "#",
                "0C",
                "41",
                " ",
                "a",
                "\u00E9",
                "1.2.3",
                "OID.",
                "\uD83D\uDE00");
        run.each(random -> {
            try {
                DistinguishedName.parse(random.text(20, parts));
            } catch (NameFormatException e) {
                assertThat(e.problem()).isNotBlank();
            }
        });
    }

    private static String canonical(String text) throws NameFormatException {
        return CanonicalName.of(DistinguishedName.principal(text));
    }

    /** Returns a name in a form that leaves the JDK no choice of types. */
    private static String name(RandomCase random) {
        List<String> oids =
                List.of("2.5.4.3", "2.5.4.5", "2.5.4.97", "1.2.840.113549.1.9.1", "2.5.4.45", "1.2.3.4", "2.5.4.8");
        List<String> relativeNames = new ArrayList<>();
        for (int i = random.between(1, 4); i > 0; i--) {
            List<String> attributes = new ArrayList<>();
            for (int j = random.between(1, 2); j > 0; j--) {
                attributes.add(random.oneOf(oids) + "=" + hex(value(random)));
            }
            relativeNames.add(String.join("+", attributes));
        }
        return String.join(",", relativeNames);
    }

    private static ASN1Encodable value(RandomCase random) {
        List<String> ascii =
                List.of(",", "+", "\"", "\\", "<", ">", ";", "=", "#", " ", "'", "a", "CN=", "/", "$", "%");
        List<String> all = new ArrayList<>(ascii);
        all.addAll(List.of("\u00E9", "\u20AC", "\u200B", "\u202E", "\uFEFF", "\u0645"));
        String text = random.text(6, ascii);
        String wide = random.text(6, all);
        return switch (random.between(0, 8)) {
            case 0 -> new DERPrintableString(text);
            case 1 -> new DERIA5String(text);
            case 2 -> new DERBMPString(wide);
            case 3 -> new DERT61String(text + "\u00E9");
            case 4 -> new DERUniversalString((wide + "\uD83D\uDE00").getBytes(Charset.forName("UTF-32BE")));
            case 5 -> new DERNumericString("12 34");
            case 6 -> new DERVisibleString(text);
            case 7 ->
                random.oneOf(List.of(
                        new ASN1Integer(7), new DERBitString(new byte[] {1}), new DERSequence(new DERUTF8String("x"))));
            default -> new DERUTF8String(wide + random.oneOf(List.of("", "\uD83D\uDE00", "\uDB40\uDC41")));
        };
    }

    private static String hex(ASN1Encodable value) {
        try {
            return "#" + HexFormat.of().formatHex(value.toASN1Primitive().getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
