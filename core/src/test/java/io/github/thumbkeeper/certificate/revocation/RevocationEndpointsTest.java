/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.net.URI;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;

/** Checks which addresses of a certificate are asked for its status. */
class RevocationEndpointsTest {

    private static final ASN1Encodable RESPONDER = new AccessDescription(
            AccessDescription.id_ad_ocsp,
            new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.example.com/"));

    @Test
    void findsTheResponderAfterAMalformedEntryOfAnotherMethod() throws IOException {
        ASN1Encodable malformed = new DERSequence(
                new ASN1Encodable[] {AccessDescription.id_ad_caIssuers, new DERUTF8String("http://ca.example.com/")});

        assertThat(endpoints(malformed, RESPONDER).ocsp()).containsExactly(URI.create("http://ocsp.example.com/"));
    }

    @Test
    void findsTheResponderAfterAnEntryWithoutLocation() throws IOException {
        ASN1Encodable alone = new DERSequence(AccessDescription.id_ad_caIssuers);

        assertThat(endpoints(alone, RESPONDER).ocsp()).containsExactly(URI.create("http://ocsp.example.com/"));
    }

    @Test
    void reportsWhatFollowsAMalformedResponder() throws IOException {
        ASN1Encodable malformed = new DERSequence(AccessDescription.id_ad_ocsp);

        assertThat(endpoints(malformed, RESPONDER).ocsp()).isEmpty();
        assertThat(endpoints(malformed, RESPONDER).unusable())
                .containsExactly("the authority information of the certificate, from some point on");
    }

    private static RevocationEndpoints endpoints(ASN1Encodable... descriptions) throws IOException {
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.addAll(descriptions);
        return RevocationEndpoints.of(TestCertificate.named("CN=alice")
                .extension(Extension.authorityInfoAccess.getId(), false, new DERSequence(all).getEncoded())
                .build()
                .certificate());
    }
}
