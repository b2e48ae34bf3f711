/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Certificates with many kinds of keys and sizes, for failures that only some of them cause. */
final class ManyCertificates {

    /** The largest certificate, in bytes of DER. */
    static final int LARGEST = 8192;

    private static final String PADDING_OID = "1.3.6.1.4.1.99999.7";
    private static final List<String> SUBJECTS = List.of(
            "CN=client %d",
            "CN=Zoë %d,O=Élan & Söhne",
            "CN=\"Doe, J; %d = <x>\",OU=a\\+b",
            "O=\u6f22\u5b57 %d",
            "UID=%d,CN=100%%25,C=DE");

    private final List<KeyPair> keys = new ArrayList<>();
    private final List<Integer> smallest;

    private ManyCertificates() throws GeneralSecurityException {
        add(7, "RSA", 2048);
        add(1, "RSA", 4096);
        add(6, "EC", 256);
        add(3, "EC", 384);
        add(3, "Ed25519", 255);
        smallest = IntStream.range(0, keys.size())
                .mapToObj(i -> draft(i).build().der().length)
                .toList();
    }

    /** Makes this many, of 0.3 to 8 KiB; making keys is slow, so they share twenty. */
    static List<TestCertificate> of(int count) throws GeneralSecurityException {
        ManyCertificates many = new ManyCertificates();
        return IntStream.range(0, count).parallel().mapToObj(many::make).toList();
    }

    /** Makes one of a little less than this many bytes. */
    static TestCertificate large(int bytes) {
        TestCertificate.Builder draft = TestCertificate.named("CN=large");
        pad(draft, new Random(1), bytes - 500);
        return draft.build();
    }

    private TestCertificate make(int i) {
        Random random = new Random(i);
        // The subjects differ in length, and the padding has its own overhead.
        int room = LARGEST - smallest.get(i % keys.size()) - 150;
        TestCertificate.Builder draft = draft(i);
        switch (i % 50) {
            case 0 -> {}
            case 1 -> pad(draft, random, room);
            default -> pad(draft, random, random.nextInt(room));
        }
        return draft.build();
    }

    private TestCertificate.Builder draft(int i) {
        String subject = String.format(SUBJECTS.get(i % SUBJECTS.size()), i);
        return TestCertificate.named(subject).key(keys.get(i % keys.size()));
    }

    /** Pads with characters that a format has to quote, and with random bytes. */
    private static void pad(TestCertificate.Builder draft, Random random, int room) {
        int left = room;
        while (left > 1000 && random.nextInt(8) > 0) {
            String name = Long.toHexString(random.nextLong()) + ".example.org";
            draft.dnsName(name)
                    .uri("https://" + name + "/?a=1&b=%2B;Hash=x,By=\"y\"")
                    .email("a+b@" + name);
            left -= 3 * name.length() + 50;
        }
        byte[] bytes = new byte[left];
        random.nextBytes(bytes);
        draft.extension(PADDING_OID, false, bytes);
    }

    private void add(int count, String algorithm, int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits, new SecureRandom());
        for (int i = 0; i < count; i++) {
            keys.add(generator.generateKeyPair());
        }
    }
}
