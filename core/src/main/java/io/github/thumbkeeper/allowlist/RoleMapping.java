/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roles by the label of an entry, for stores that have no roles of their own, such as a folder of certificates.
 *
 * <pre>{@code
 * RoleMapping mapping = new RoleMapping(RoleMappingParser.parse("alice=admin; partner-*=orders").assignments());
 * AllowList list = before.with(mapping);
 * }</pre>
 *
 * <p>A mapping adds roles to those of the entry. It never admits a certificate and never restricts an entry. An entry without a
 * label, such as one of {@code thumbprints}, is mapped by its thumbprint or public key pin.
 *
 * <p>Immutable and thread-safe.
 *
 * @see RoleMappingParser
 */
public final class RoleMapping {

    /** Adds no roles. */
    public static final RoleMapping NONE = new RoleMapping(List.of());

    private final List<RoleAssignment> all;
    private final Map<String, RoleAssignment> byLabel = new HashMap<>();
    private final Map<CertificateDigest, RoleAssignment> byDigest = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();

    private record Pattern(LabelGlob glob, RoleAssignment assignment) {}

    /** Combines assignments of different labels; the roles of all that match an entry are added. */
    public RoleMapping(List<RoleAssignment> all) {
        this.all = List.copyOf(all);
        for (RoleAssignment each : all) {
            if (each.isGlob()) {
                patterns.add(new Pattern(LabelGlob.of(each.label()), each));
            } else {
                byLabel.put(each.label(), each);
                each.digest().ifPresent(digest -> byDigest.put(digest, each));
            }
        }
    }

    /** Returns the roles that the mapping adds to those of an entry. */
    Set<String> roles(Entry entry) {
        if (all.isEmpty()) {
            return Set.of();
        }
        Set<String> roles = new HashSet<>();
        String label = entry.label();
        RoleAssignment exact = label == null ? byDigest.get(entry.digest()) : byLabel.get(label);
        if (exact != null) {
            roles.addAll(exact.roles());
        }
        for (Pattern pattern : patterns) {
            if (label != null && pattern.glob.matches(label)) {
                roles.addAll(pattern.assignment.roles());
            }
        }
        return roles;
    }

    /** Returns the assignments that no entry of these tables has the label for. */
    List<RoleAssignment> unused(List<EntryTable> tables) {
        Set<RoleAssignment> unused = new LinkedHashSet<>(all);
        byDigest.forEach((digest, each) -> {
            if (tables.stream()
                    .flatMap(table -> table.find(digest).stream())
                    .anyMatch(entry -> entry.label() == null)) {
                unused.remove(each);
            }
        });
        for (EntryTable table : tables) {
            Iterator<String> labels = table.labels().iterator();
            while (!unused.isEmpty() && labels.hasNext()) {
                strike(labels.next(), unused);
            }
        }
        return List.copyOf(unused);
    }

    /** Removes the assignments that match a label. */
    private void strike(String label, Set<RoleAssignment> unused) {
        RoleAssignment exact = byLabel.get(label);
        if (exact != null) {
            unused.remove(exact);
        }
        for (Pattern pattern : patterns) {
            if (unused.contains(pattern.assignment) && pattern.glob.matches(label)) {
                unused.remove(pattern.assignment);
            }
        }
    }
}
