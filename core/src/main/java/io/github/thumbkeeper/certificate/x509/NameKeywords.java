/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keywords of attribute types in the text of a distinguished name (RFC 4514 section 3).
 *
 * <p>Bouncy Castle's {@code BCStyle} has only the types of RFC 5280 and a few others, and names some of them differently from OpenSSL.
 * Where two programs use one keyword for two types, RFC 4519 decides. A keyword without an entry there is left out, because the
 * rule could mean another attribute than its author: {@code uniqueIdentifier} is 0.9.2342.19200300.100.1.44 for OpenSSL and
 * 2.5.4.45 for Bouncy Castle.
 *
 * <p>Thread-safe.
 */
final class NameKeywords {

    private static final Pattern BLANKS = Pattern.compile(" +");

    /**
     * OID, keyword to print, other keywords. The keyword to print is that of RFC 4514 section 3, otherwise OpenSSL's short name. The
     * others are the names of RFC 4519 and RFC 4524, and those of OpenSSL, the JDK, Windows, Bouncy Castle and GnuTLS.
     */
    private static final String TABLE = """
            2.5.4.3 CN commonName
            2.5.4.4 SN surname
            2.5.4.5 serialNumber
            2.5.4.6 C countryName
            2.5.4.7 L localityName
            2.5.4.8 ST S stateOrProvinceName
            2.5.4.9 STREET streetAddress
            2.5.4.10 O organizationName
            2.5.4.11 OU organizationalUnitName
            2.5.4.12 title T
            2.5.4.13 description
            2.5.4.14 searchGuide
            2.5.4.15 businessCategory
            2.5.4.16 postalAddress
            2.5.4.17 postalCode
            2.5.4.18 postOfficeBox POBox
            2.5.4.19 physicalDeliveryOfficeName
            2.5.4.20 telephoneNumber Phone
            2.5.4.21 telexNumber
            2.5.4.22 teletexTerminalIdentifier
            2.5.4.23 facsimileTelephoneNumber
            2.5.4.24 x121Address X21Address
            2.5.4.25 internationaliSDNNumber
            2.5.4.26 registeredAddress
            2.5.4.27 destinationIndicator
            2.5.4.28 preferredDeliveryMethod
            2.5.4.29 presentationAddress
            2.5.4.30 supportedApplicationContext
            2.5.4.31 member
            2.5.4.32 owner
            2.5.4.33 roleOccupant
            2.5.4.34 seeAlso
            2.5.4.35 userPassword
            2.5.4.36 userCertificate
            2.5.4.37 cACertificate
            2.5.4.38 authorityRevocationList
            2.5.4.39 certificateRevocationList
            2.5.4.40 crossCertificatePair
            2.5.4.41 name
            2.5.4.42 GN givenName G
            2.5.4.43 initials I
            2.5.4.44 generationQualifier generation
            2.5.4.45 x500UniqueIdentifier
            2.5.4.46 dnQualifier DNQ DN
            2.5.4.47 enhancedSearchGuide
            2.5.4.48 protocolInformation
            2.5.4.49 distinguishedName
            2.5.4.50 uniqueMember
            2.5.4.51 houseIdentifier
            2.5.4.52 supportedAlgorithms
            2.5.4.53 deltaRevocationList
            2.5.4.54 dmdName
            2.5.4.65 pseudonym
            2.5.4.72 role
            2.5.4.97 organizationIdentifier
            2.5.4.98 c3 countryCode3c
            2.5.4.99 n3 countryCode3n
            2.5.4.100 dnsName
            0.9.2342.19200300.100.1.1 UID userId
            0.9.2342.19200300.100.1.2 textEncodedORAddress
            0.9.2342.19200300.100.1.3 mail rfc822Mailbox
            0.9.2342.19200300.100.1.4 info
            0.9.2342.19200300.100.1.5 favouriteDrink
            0.9.2342.19200300.100.1.6 roomNumber
            0.9.2342.19200300.100.1.7 photo
            0.9.2342.19200300.100.1.8 userClass
            0.9.2342.19200300.100.1.9 host
            0.9.2342.19200300.100.1.10 manager
            0.9.2342.19200300.100.1.11 documentIdentifier
            0.9.2342.19200300.100.1.12 documentTitle
            0.9.2342.19200300.100.1.13 documentVersion
            0.9.2342.19200300.100.1.14 documentAuthor
            0.9.2342.19200300.100.1.15 documentLocation
            0.9.2342.19200300.100.1.20 homeTelephoneNumber
            0.9.2342.19200300.100.1.21 secretary
            0.9.2342.19200300.100.1.22 otherMailbox
            0.9.2342.19200300.100.1.23 lastModifiedTime
            0.9.2342.19200300.100.1.24 lastModifiedBy
            0.9.2342.19200300.100.1.25 DC domainComponent
            0.9.2342.19200300.100.1.26 aRecord
            0.9.2342.19200300.100.1.27 pilotAttributeType27
            0.9.2342.19200300.100.1.28 mXRecord
            0.9.2342.19200300.100.1.29 nSRecord
            0.9.2342.19200300.100.1.30 sOARecord
            0.9.2342.19200300.100.1.31 cNAMERecord
            0.9.2342.19200300.100.1.37 associatedDomain
            0.9.2342.19200300.100.1.38 associatedName
            0.9.2342.19200300.100.1.39 homePostalAddress
            0.9.2342.19200300.100.1.40 personalTitle
            0.9.2342.19200300.100.1.41 mobileTelephoneNumber
            0.9.2342.19200300.100.1.42 pagerTelephoneNumber
            0.9.2342.19200300.100.1.43 friendlyCountryName
            0.9.2342.19200300.100.1.45 organizationalStatus
            0.9.2342.19200300.100.1.46 janetMailbox
            0.9.2342.19200300.100.1.47 mailPreferenceOption
            0.9.2342.19200300.100.1.48 buildingName
            0.9.2342.19200300.100.1.49 dSAQuality
            0.9.2342.19200300.100.1.50 singleLevelQuality
            0.9.2342.19200300.100.1.51 subtreeMinimumQuality
            0.9.2342.19200300.100.1.52 subtreeMaximumQuality
            0.9.2342.19200300.100.1.53 personalSignature
            0.9.2342.19200300.100.1.54 dITRedirect
            0.9.2342.19200300.100.1.55 audio
            0.9.2342.19200300.100.1.56 documentPublisher
            1.2.840.113549.1.9.1 emailAddress E Email
            1.2.840.113549.1.9.2 unstructuredName
            1.2.840.113549.1.9.3 contentType
            1.2.840.113549.1.9.4 messageDigest
            1.2.840.113549.1.9.5 signingTime
            1.2.840.113549.1.9.6 countersignature
            1.2.840.113549.1.9.7 challengePassword
            1.2.840.113549.1.9.8 unstructuredAddress
            1.2.840.113549.1.9.9 extendedCertificateAttributes
            1.2.840.113549.1.9.20 friendlyName
            1.2.840.113549.1.9.21 localKeyID
            1.3.6.1.4.1.311.20.2.3 msUPN
            1.3.6.1.4.1.311.60.2.1.1 jurisdictionL jurisdictionLocalityName jurisdictionLocality \
            jurisdictionOfIncorporationLocalityName
            1.3.6.1.4.1.311.60.2.1.2 jurisdictionST jurisdictionStateOrProvinceName jurisdictionState \
            jurisdictionOfIncorporationStateOrProvinceName
            1.3.6.1.4.1.311.60.2.1.3 jurisdictionC jurisdictionCountryName jurisdictionCountry \
            jurisdictionOfIncorporationCountryName
            1.3.6.1.5.5.7.9.1 id-pda-dateOfBirth dateOfBirth
            1.3.6.1.5.5.7.9.2 id-pda-placeOfBirth placeOfBirth
            1.3.6.1.5.5.7.9.3 id-pda-gender gender
            1.3.6.1.5.5.7.9.4 id-pda-countryOfCitizenship countryOfCitizenship
            1.3.6.1.5.5.7.9.5 id-pda-countryOfResidence countryOfResidence
            1.3.36.8.3.14 nameAtBirth
            1.2.643.3.131.1.1 INN
            1.2.643.100.1 OGRN
            1.2.643.100.3 SNILS
            1.2.643.100.4 INNLE
            1.2.643.100.5 OGRNIP
            1.3.6.1.4.1.42.2.11.2.1 IP
            """;

    private static final Map<String, String> OIDS = new HashMap<>();
    private static final Map<String, String> PRINTED = new HashMap<>();

    static {
        TABLE.lines().forEach(NameKeywords::add);
    }

    private NameKeywords() {}

    private static void add(String line) {
        List<String> words = List.of(BLANKS.split(line.strip()));
        String oid = words.get(0);
        PRINTED.put(oid, words.get(1));
        for (String keyword : words.subList(1, words.size())) {
            if (OIDS.put(folded(keyword), oid) != null) {
                throw new IllegalStateException("The keyword [" + keyword + "] has two types");
            }
        }
    }

    /** Returns the OID that a keyword means, ignoring case (RFC 4512 section 1.4). */
    static Optional<String> oid(String keyword) {
        return Optional.ofNullable(OIDS.get(folded(keyword)));
    }

    /** Returns the keyword to print for an OID. */
    static Optional<String> keyword(String oid) {
        return Optional.ofNullable(PRINTED.get(oid));
    }

    /** Returns the table, for the test of the page that lists it. */
    static List<String> lines() {
        return TABLE.lines().toList();
    }

    private static String folded(String keyword) {
        return keyword.toLowerCase(Locale.ROOT);
    }
}
