/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import io.github.thumbkeeper.verdict.Identity;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns an entry that matches, or a rule, into the identity of the client.
 *
 * <p>Immutable and thread-safe.
 *
 * @param principal the source of the name
 * @param roles the roles that every identity has, in addition to those of its entry
 * @param verified whether the path of every certificate is verified, so that an authority answers for its contents
 * @param mapping roles to add by the label of the entry
 */
public record IdentityMapper(PrincipalSource principal, Set<String> roles, boolean verified, RoleMapping mapping) {
    public IdentityMapper {
        roles = Set.copyOf(roles);
    }

    /** Creates a mapper that adds no roles by label. */
    public IdentityMapper(PrincipalSource principal, Set<String> roles, boolean verified) {
        this(principal, roles, verified, RoleMapping.NONE);
    }

    /** Creates a mapper for certificates whose path is not verified. */
    public IdentityMapper(PrincipalSource principal, Set<String> roles) {
        this(principal, roles, false);
    }

    /** Returns the same mapper with another mapping of roles. */
    IdentityMapper with(RoleMapping other) {
        return new IdentityMapper(principal, roles, verified, other);
    }

    /** Returns whether identities have a name. */
    public boolean namesPrincipals() {
        return principal != PrincipalSource.NONE;
    }

    /**
     * Returns whether an entry of a kind is strong enough for the source of the name. A pin leaves the client free to choose
     * everything in the certificate except its key, and a SHA-1 thumbprint can be forged: such a client could take the name of another.
     */
    public boolean accepts(DigestKind kind) {
        boolean strong = kind != DigestKind.PIN && kind != DigestKind.SHA1;
        return strong || verified || !principal.isTakenFromCertificate();
    }

    /** Returns the identity for an entry, or null if the certificate has no usable name. */
    @Nullable
    Identity of(Entry entry, @Nullable X509Certificate certificate, Thumbprint sha256) {
        return of(entry.label(), entry.digest().toString(), ofEntry(entry, entry.roles()), certificate, sha256);
    }

    /**
     * Returns the identity, or null if the certificate has no usable name.
     *
     * @param label the label of the entry, or null
     * @param text the text of the entry or rule, which gives the name if there is no label
     * @param own the roles of the entry or rule
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

    /**
     * Returns the roles of an identity from an entry: these, those of its label and those of every identity.
     *
     * @param own the roles of the entry, or those of a rule that replace them
     */
    Set<String> ofEntry(Entry entry, Set<String> own) {
        Set<String> all = all(own);
        all.addAll(mapping.roles(entry));
        return all;
    }

    /** Returns these roles together with the roles that every identity has. */
    private Set<String> all(Set<String> own) {
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
            case EMAIL ->
                certificate == null
                        ? null
                        : only(SubjectAlternativeNames.of(certificate).emails());
            case USER_PRINCIPAL_NAME ->
                certificate == null
                        ? null
                        : only(SubjectAlternativeNames.of(certificate).userPrincipalNames());
            case NONE -> null;
        };
    }

    /** Returns null for an empty subject, which RFC 5280 section 4.1.2.6 allows. */
    private static @Nullable String subject(X509Certificate certificate) {
        String subject = DistinguishedNames.text(certificate.getSubjectX500Principal());
        return subject.isEmpty() ? null : subject;
    }

    /** Returns null unless there is one name: with several, the order in the certificate would decide. */
    private static @Nullable String only(List<String> names) {
        return names.size() == 1 ? names.get(0) : null;
    }
}
