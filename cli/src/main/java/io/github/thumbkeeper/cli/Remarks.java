/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Remarks on an item of a store: what keeps it from admitting, and what is weak. */
final class Remarks {

    private static final Duration SOON = Duration.ofDays(30);
    private static final int SMALL_RSA = 2048;

    private Remarks() {}

    /** Returns the remarks, the gravest first. */
    static List<String> on(StoreItem item, Instant now) {
        List<String> remarks = new ArrayList<>();
        Entry entry = item.entry();
        if (entry.disabled()) {
            remarks.add("disabled");
        }
        addDates(entry.from(), entry.until(), "entry ", now, remarks);
        X509Certificate certificate = item.certificate();
        if (certificate != null) {
            addDates(
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    "",
                    now,
                    remarks);
            addWeaknesses(certificate, remarks);
        }
        if (item.digest() instanceof Thumbprint thumbprint && thumbprint.algorithm() == DigestAlgorithm.SHA1) {
            remarks.add("SHA-1 thumbprint");
        }
        return remarks;
    }

    private static void addDates(
            @Nullable Instant from, @Nullable Instant until, String whose, Instant now, List<String> remarks) {
        if (until != null && !now.isBefore(until)) {
            remarks.add(whose + "expired");
        } else if (until != null && now.plus(SOON).isAfter(until)) {
            remarks.add(whose + "ends in " + Duration.between(now, until).toDays() + " days");
        }
        if (from != null && now.isBefore(from)) {
            remarks.add(whose + "not valid before " + from);
        }
    }

    private static void addWeaknesses(X509Certificate certificate, List<String> remarks) {
        if (certificate.getBasicConstraints() >= 0) {
            remarks.add("authority (CA:TRUE)");
        }
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < SMALL_RSA) {
            remarks.add("RSA key of " + rsa.getModulus().bitLength() + " bits");
        }
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signature.startsWith("SHA1") || signature.startsWith("MD")) {
            remarks.add("signed with " + certificate.getSigAlgName());
        }
    }
}
