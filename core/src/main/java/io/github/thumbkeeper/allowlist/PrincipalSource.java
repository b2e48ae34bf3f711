/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

/** What names the principal of an admitted request. */
public enum PrincipalSource {
    /** The label of the entry; if it has none, the text of the entry. */
    LABEL,
    /** The SHA-256 thumbprint of the certificate. */
    THUMBPRINT,
    /** The subject of the certificate. */
    SUBJECT,
    /** The common name of the certificate, if there is exactly one. */
    COMMON_NAME,
    /** There is no principal. */
    NONE;

    /** Returns whether the name is the client's own text: safe only if nobody but the operator can change that text. */
    public boolean isTakenFromCertificate() {
        return this == SUBJECT || this == COMMON_NAME;
    }
}
