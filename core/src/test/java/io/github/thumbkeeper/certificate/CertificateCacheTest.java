/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.ByteArrayInputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cache is bounded, holds certificates weakly and by identity, and only those of immutable classes. */
class CertificateCacheTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String VALUE = "result for alice";

    private final CertificateCache<String> seen = new CertificateCache<>();

    @Test
    void findsTheSameObjectButNotAnEqualOne() throws Exception {
        X509Certificate certificate = variant(1);
        forgetInFactory();
        X509Certificate twin = variant(1);
        seen.put(certificate, VALUE);

        assertThat(twin).isEqualTo(certificate).isNotSameAs(certificate);
        assertThat(seen.get(twin)).isNull();
        assertThat(seen.get(certificate)).isSameAs(VALUE);
    }

    @Test
    void keepsNothingOfAForeignClass() {
        ForeignCertificate foreign = new ForeignCertificate(ALICE.certificate(), ALICE::der);
        seen.put(foreign, VALUE);

        assertThat(seen.get(foreign)).isNull();
    }

    @Test
    @DisplayName("clients can displace entries, never exhaust the memory (threats 1.7)")
    void isBounded() throws Exception {
        List<X509Certificate> strangers = new ArrayList<>();
        for (int i = 0; i < 6000; i++) {
            X509Certificate stranger = variant(i);
            strangers.add(stranger);
            seen.put(stranger, VALUE);
            assertThat(seen.get(stranger)).isSameAs(VALUE);
        }

        assertThat(size()).isEqualTo(4096);
        assertThat(strangers.stream().filter(each -> seen.get(each) != null).count())
                .isBetween(1L, 4096L);
    }

    @Test
    void holdsCertificatesWeakly() throws Exception {
        X509Certificate certificate = variant(2);
        seen.put(certificate, VALUE);
        WeakReference<X509Certificate> reference = new WeakReference<>(certificate);
        certificate = null;
        forgetInFactory();

        for (int i = 0; i < 100 && !reference.refersTo(null); i++) {
            System.gc();
        }
        assertThat(reference.refersTo(null)).isTrue();
    }

    @Test
    @DisplayName("a certificate seen before costs no digest; one of a foreign class is hashed each time")
    void findsASeenCertificateWithoutDigest() throws Exception {
        AllowList list = new AllowList(
                List.of(EntryTable.of(
                        List.of(Entry.of(Thumbprint.ofEncoded(ALICE.der(), DigestAlgorithm.SHA256), "alice")))),
                new IdentityMapper(PrincipalSource.LABEL, Set.of()));
        AtomicInteger asked = new AtomicInteger();
        ForeignCertificate foreign = new ForeignCertificate(ALICE.certificate(), () -> {
            asked.incrementAndGet();
            return ALICE.der();
        });

        assertThat(list.find(ALICE.certificate())).isSameAs(list.find(ALICE.certificate()));
        assertThat(list.find(foreign)).isNotSameAs(list.find(foreign));
        assertThat(asked).hasValue(2);
    }

    private int size() throws ReflectiveOperationException {
        Object table = field(CertificateCache.class, "results").get(seen);
        return Array.getLength(field(BoundedCache.class, "slots").get(table));
    }

    private static Field field(Class<?> owner, String name) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** The JDK's factory gives the same object for the same bytes, as long as it remembers them: the last 750. */
    private static void forgetInFactory() throws Exception {
        for (int i = 10_000; i < 11_000; i++) {
            variant(i);
        }
    }

    /** Returns a certificate whose signature is wrong; no test verifies it. */
    private static X509Certificate variant(int number) throws Exception {
        byte[] der = ALICE.der();
        der[der.length - 1] ^= (byte) number;
        der[der.length - 2] ^= (byte) (number >> 8);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
