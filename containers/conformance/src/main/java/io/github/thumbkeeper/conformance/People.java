/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.time.Instant;

/** The clients. All certificates are self-signed, and no container trusts any of them. */
public final class People {

    /** Listed by thumbprint in web.xml. */
    public static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    /** In the store from the beginning. */
    public static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    /** Added to the store while the container runs. */
    public static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();

    /** Listed, but out of date. */
    public static final TestCertificate OLD = TestCertificate.named("CN=old")
            .validFrom(Instant.parse("2020-01-01T00:00:00Z"))
            .validUntil(Instant.parse("2021-01-01T00:00:00Z"))
            .build();

    /** Unknown. */
    public static final TestCertificate MALLORY =
            TestCertificate.named("CN=alice").build();

    /** An authority that is not listed. */
    static final TestCertificate AUTHORITY =
            TestCertificate.named("CN=authority").ca().build();

    /** Unknown, and issued by that authority. */
    public static final TestCertificate ISSUED =
            TestCertificate.named("CN=alice").issuedBy(AUTHORITY).build();

    private People() {}
}
