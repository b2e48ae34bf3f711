/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

/** Source of the name of an admitted request's principal. */
public enum PrincipalSource {
    /** The label of the entry; the digest of the entry if it has no label. */
    LABEL,
    /** The SHA-256 thumbprint of the certificate. */
    THUMBPRINT,
    /** The subject of the certificate. */
    SUBJECT,
    /** The common name of the certificate, if there is exactly one. */
    COMMON_NAME,
    /** The e-mail address among the alternative names of the certificate, if there is exactly one. */
    EMAIL,
    /** Microsoft's user principal name among the alternative names of the certificate, if there is exactly one. */
    USER_PRINCIPAL_NAME,
    /** No principal is set. */
    NONE;

    /**
     * Returns whether the name is text from the certificate. That is safe only if the client cannot choose this text: an authority has
     * signed it, or the list names the whole certificate.
     */
    public boolean isTakenFromCertificate() {
        return switch (this) {
            case SUBJECT, COMMON_NAME, EMAIL, USER_PRINCIPAL_NAME -> true;
            case LABEL, THUMBPRINT, NONE -> false;
        };
    }
}
