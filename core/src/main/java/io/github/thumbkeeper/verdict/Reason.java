/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

/**
 * Reasons to refuse a request. The code of a reason is stable. It is in the log, in the request attributes and in the
 * documentation; it is in the response only with {@code tellReason=true}.
 */
public enum Reason {
    NOT_LISTED("TK-101", "the certificate is not listed"),
    EXPIRED("TK-102", "the certificate has expired"),
    NOT_YET_VALID("TK-103", "the certificate is not valid yet"),
    NO_CERTIFICATE("TK-104", "no client certificate"),
    MALFORMED("TK-105", "the object that the container presents is not a usable client certificate"),
    ENTRY_DISABLED("TK-106", "an entry that matches the certificate is disabled"),
    ENTRY_NOT_IN_FORCE("TK-107", "the entry that matches the certificate is not in force now"),
    NO_COMMON_NAME(
            "TK-108",
            "the certificate gives no name for the principal: it does not have exactly one name of the kind that principal"
                    + " names"),
    NOT_TRUSTED("TK-110", "the certificate has no valid path to a certificate of the trust store"),
    NOT_FOR_CLIENTS(
            "TK-111", "the certificate, or a certificate of its issuers, is not allowed for client authentication"),
    REVOKED("TK-112", "the certificate, or a certificate of its issuers, is revoked"),
    REVOCATION_NOT_KNOWN(
            "TK-113", "no source answered whether the certificate, or a certificate of its issuers, is revoked"),
    REVOCATION_NOT_PROVED(
            "TK-114", "there is no valid evidence that the certificate and those of its issuers are not revoked"),
    NO_RULE("TK-120", "the certificate is not listed, and no rule of identities matches it"),
    NO_RULE_FOR_ENTRY(
            "TK-120", "the certificate is listed, but no rule of identities with the label of its entry matches it"),
    DENIED("TK-121", "the certificate is on the deny list"),
    KEY_TOO_SMALL(
            "TK-122", "the key of the certificate is smaller than minimumKeySize allows, or of a type not named there"),
    SIGNATURE_ALGORITHM(
            "TK-123",
            "the signature algorithm of the certificate, or of a certificate of its issuers, is not in"
                    + " allowedSignatureAlgorithms"),
    KEY_USAGE("TK-124", "the certificate does not have the required keyUsage"),
    EXTENDED_KEY_USAGE("TK-125", "the certificate does not have the required extendedKeyUsage"),
    CERTIFICATE_POLICY("TK-126", "the certificate has none of the policies in certificatePolicies"),
    HEADER_FROM_UNTRUSTED_PEER(
            "TK-130", "header from untrusted peer: it was ignored, and the peer's own certificate is not allowed"),
    HEADER_AMBIGUOUS(
            "TK-131", "the certificate header occurs twice, has a different spelling, or is named in Connection"),
    HEADER_TOO_LONG("TK-132", "the certificate header is too long"),
    HEADER_MALFORMED("TK-133", "the certificate header does not match its format"),
    NOT_VERIFIED_BY_PROXY("TK-134", "the proxy does not report that it has verified the certificate"),
    NO_LIST("TK-309", "there is no list yet, because a store has not been read since the start"),
    STALE_LIST("TK-310", "the list is older than maxStaleness allows, because a store could not be read since"),
    INTERNAL("TK-199", "the decision failed unexpectedly");

    /** The code in the response if the code of the reason must not be there. */
    public static final String GENERIC_CODE = "TK-100";

    /** The code in the response during an outage, instead of the code of its reason. */
    public static final String GENERIC_OUTAGE_CODE = "TK-300";

    private final String code;
    private final String text;

    Reason(String code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Returns the stable code, such as {@code TK-101}. */
    public String code() {
        return code;
    }

    /** Returns whether this reason refuses every request: the gate has no list to decide by. */
    public boolean isOutage() {
        return this == NO_LIST || this == STALE_LIST;
    }

    /** Returns the reason as a part of a sentence. */
    public String text() {
        return text;
    }
}
