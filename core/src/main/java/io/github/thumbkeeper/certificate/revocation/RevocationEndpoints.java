/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import io.github.thumbkeeper.certificate.x509.ExtensionValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * The addresses in a certificate where its revocation status can be requested. Only {@code http} and {@code https} URLs with a
 * host and without a user are used, never {@code ldap} or {@code file} (CVE-2023-28857).
 *
 * <p>Immutable and thread-safe.
 *
 * @param ocsp the OCSP responders, in their order (RFC 5280 section 4.2.2.1)
 * @param lists the addresses of complete CRLs of the issuer (RFC 5280 section 4.2.1.13)
 * @param unusable other addresses and unreadable parts, for the log
 */
public record RevocationEndpoints(List<URI> ocsp, List<URI> lists, List<String> unusable) {

    private static final int MOST = 3;

    public RevocationEndpoints {
        ocsp = List.copyOf(ocsp);
        lists = List.copyOf(lists);
        unusable = List.copyOf(unusable);
    }

    /** Returns the endpoints of a certificate, at most three of each kind, up to the first unreadable one. Never throws. */
    public static RevocationEndpoints of(X509Certificate certificate) {
        List<String> unusable = new ArrayList<>();
        List<URI> responders = new ArrayList<>();
        List<URI> lists = new ArrayList<>();
        readSafely("the authority information", unusable, () -> addResponders(certificate, responders, unusable));
        readSafely("the distribution points", unusable, () -> addLists(certificate, lists, unusable));
        return new RevocationEndpoints(responders, lists, unusable);
    }

    private static void readSafely(String what, List<String> unusable, Runnable reading) {
        try {
            reading.run();
        } catch (RuntimeException e) {
            unusable.add(what + " of the certificate, from some point on");
        }
    }

    private static void addResponders(X509Certificate certificate, List<URI> found, List<String> unusable) {
        ASN1Sequence descriptions = ExtensionValue.sequence(certificate, Extension.authorityInfoAccess);
        for (Object each : descriptions == null ? new ArrayList<>() : descriptions) {
            // Not AccessDescription.getInstance: a malformed entry of another method must not hide the responders after
            // it.
            ASN1Sequence description = ASN1Sequence.getInstance(each);
            if (AccessDescription.id_ad_ocsp.equals(description.getObjectAt(0))) {
                add(GeneralName.getInstance(description.getObjectAt(1)), found, unusable);
            }
        }
    }

    private static void addLists(X509Certificate certificate, List<URI> found, List<String> unusable) {
        ASN1Sequence points = ExtensionValue.sequence(certificate, Extension.cRLDistributionPoints);
        for (Object each : points == null ? new ArrayList<>() : points) {
            addAll(DistributionPoint.getInstance(each), found, unusable);
        }
    }

    /** A CRL of another issuer, or for some reasons only, proves nothing. */
    private static void addAll(DistributionPoint point, List<URI> found, List<String> unusable) {
        DistributionPointName name = point.getDistributionPoint();
        boolean complete = point.getReasons() == null && point.getCRLIssuer() == null;
        if (complete && name != null && name.getType() == DistributionPointName.FULL_NAME) {
            for (GeneralName each : GeneralNames.getInstance(name.getName()).getNames()) {
                add(each, found, unusable);
            }
        }
    }

    private static void add(GeneralName name, List<URI> found, List<String> unusable) {
        if (name.getTagNo() != GeneralName.uniformResourceIdentifier) {
            return;
        }
        String text = ASN1IA5String.getInstance(name.getName()).getString();
        URI uri = http(text);
        if (uri == null) {
            unusable.add(text);
        } else if (found.size() < MOST) {
            found.add(uri);
        }
    }

    private static @Nullable URI http(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            boolean known = scheme.equals("http") || scheme.equals("https");
            return known && uri.getHost() != null && uri.getRawUserInfo() == null ? uri : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
