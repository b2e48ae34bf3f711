/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.verdict.Identity;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * How the identity of an admitted certificate is made of the entry that matched.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param principal what names it
 * @param roles the roles every identity has besides those of its entry
 * @param verified whether the path of every certificate is verified, so that an authority answers for what stands in it
 */
public record IdentityMapper(PrincipalSource principal, Set<String> roles, boolean verified) {
    public IdentityMapper {
        roles = Set.copyOf(roles);
    }

    /** Makes identities of certificates that nobody has verified. */
    public IdentityMapper(PrincipalSource principal, Set<String> roles) {
        this(principal, roles, false);
    }

    /** Returns whether an identity has a name at all. */
    public boolean namesPrincipals() {
        return principal != PrincipalSource.NONE;
    }

    /**
     * Returns whether an entry of this kind is strong enough for this kind of name. A client whose public key alone is pinned, or whose
     * thumbprint can be forged, could put anybody's name into a certificate of its own making.
     */
    public boolean accept(DigestKind kind) {
        boolean strong = kind != DigestKind.PIN && kind != DigestKind.SHA1;
        return strong || verified || !principal.isTakenFromCertificate();
    }

    /** Returns the identity, or null if the certificate has no name of the kind wanted. */
    @Nullable
    Identity of(Entry entry, @Nullable X509Certificate certificate, Thumbprint sha256) {
        return of(entry.label(), entry.digest().toString(), entry.roles(), certificate, sha256);
    }

    /**
     * Returns the identity, or null if the certificate has no name of the kind wanted.
     *
     * @param label the label of what matched, or null
     * @param text the text of what matched
     * @param own the roles of what matched
     */
    @Nullable
    Identity of(
            @Nullable String label,
            String text,
            Set<String> own,
            @Nullable X509Certificate certificate,
            Thumbprint sha256) {
        String name = name(label == null ? text : label, certificate, sha256);
        if (name == null && principal != PrincipalSource.NONE) {
            return null;
        }
        return new Identity(name, label, all(own), sha256.toString());
    }

    /** Returns these roles and those that every identity has. */
    Set<String> all(Set<String> own) {
        Set<String> all = new HashSet<>(roles);
        all.addAll(own);
        return all;
    }

    private @Nullable String name(String label, @Nullable X509Certificate certificate, Thumbprint sha256) {
        return switch (principal) {
            case LABEL -> label;
            case THUMBPRINT -> sha256.toString();
            case SUBJECT -> certificate == null ? null : subject(certificate);
            case COMMON_NAME -> certificate == null ? null : DistinguishedNames.commonName(certificate);
            case NONE -> null;
        };
    }

    /** An empty subject (RFC 5280 section 4.1.2.6 allows it) names nobody. */
    private static @Nullable String subject(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        return subject.isEmpty() ? null : subject;
    }
}
