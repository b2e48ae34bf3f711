/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static io.github.thumbkeeper.testkit.Der.bool;
import static io.github.thumbkeeper.testkit.Der.context;
import static io.github.thumbkeeper.testkit.Der.element;
import static io.github.thumbkeeper.testkit.Der.integer;
import static io.github.thumbkeeper.testkit.Der.join;
import static io.github.thumbkeeper.testkit.Der.nothing;
import static io.github.thumbkeeper.testkit.Der.octets;
import static io.github.thumbkeeper.testkit.Der.oid;
import static io.github.thumbkeeper.testkit.Der.sequence;
import static io.github.thumbkeeper.testkit.Der.set;
import static io.github.thumbkeeper.testkit.Der.time;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of servers, by their extended key usage, that are signed correctly but break the syntax of RFC 5280 section 4.1 in
 * one place; and {@link #SOUND}, which does not.
 */
public enum MalformedCertificate {
    /** A well-formed certificate. */
    SOUND {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    NULL_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(nothing(), context(3, extensions));
        }
    },
    INTEGER_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(integer(7), context(3, extensions));
        }
    },
    CONTEXT_4_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(4, sequence()), context(3, extensions));
        }
    },
    VERSION_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(0, integer(2)), context(3, extensions));
        }
    },
    EXTENSIONS_TWICE {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(3, sequence(foreign())), context(3, extensions));
        }
    },
    EMPTY_EXTENSIONS_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(3, sequence()), context(3, extensions));
        }
    },
    ELEMENT_AFTER_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(3, extensions), nothing());
        }
    },
    UNIQUE_IDS_IN_WRONG_ORDER {
        @Override
        byte[] tail(byte[] extensions) {
            return join(uniqueId(2), uniqueId(1), context(3, extensions));
        }
    },
    UNIQUE_ID_TWICE {
        @Override
        byte[] tail(byte[] extensions) {
            return join(uniqueId(1), uniqueId(1), context(3, extensions));
        }
    },
    UNIQUE_ID_AFTER_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return join(context(3, extensions), uniqueId(1));
        }
    },
    EXTENSIONS_AS_SET {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, set(serverAuth()));
        }
    },
    EXTENSIONS_WITHOUT_TAG {
        @Override
        byte[] tail(byte[] extensions) {
            return extensions;
        }
    },
    EXTENSIONS_WITH_IMPLICIT_TAG {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, serverAuth(), foreign());
        }
    },
    EXTENSIONS_WITH_PRIMITIVE_TAG {
        @Override
        byte[] tail(byte[] extensions) {
            return element(0x83, extensions);
        }
    },
    EXTENSIONS_WITH_OTHER_TAG {
        @Override
        byte[] tail(byte[] extensions) {
            return context(4, extensions);
        }
    },
    TWO_SEQUENCES_OF_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, sequence(foreign()), extensions);
        }
    },
    ELEMENT_BEFORE_SEQUENCE_OF_EXTENSIONS {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, nothing(), extensions);
        }
    },
    EXTENSION_TWICE {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, sequence(serverAuth(), serverAuth()));
        }
    },
    EXTENSION_WITH_REMAINDER {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, sequence(serverAuth(), sequence(oid(1, 2, 3), octets(nothing()), octets(nothing()))));
        }
    },
    EXTENSION_WITH_TWO_BOOLEANS {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, sequence(sequence(oid(1, 2, 3), bool(false), bool(true), octets(nothing()))));
        }
    },
    EXTENSIONS_IN_VERSION_1 {
        @Override
        byte[] version() {
            return new byte[0];
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    EXTENSIONS_IN_VERSION_2 {
        @Override
        byte[] version() {
            return context(0, integer(1));
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    VERSION_4 {
        @Override
        byte[] version() {
            return context(0, integer(3));
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    VERSION_WITH_REMAINDER {
        @Override
        byte[] version() {
            return context(0, integer(2), nothing());
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    THREE_DATES {
        @Override
        byte[] validity(byte[] from, byte[] until) {
            return sequence(from, until, until);
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    KEY_WITH_REMAINDER {
        @Override
        byte[] key(byte[] key) {
            return element(0x30, Arrays.copyOfRange(key, 2, key.length), nothing());
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    },
    ELEMENT_AFTER_SIGNATURE {
        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }

        @Override
        byte[] afterSignature() {
            return nothing();
        }
    },
    OTHER_ALGORITHM_INSIDE {
        @Override
        byte[] algorithm() {
            return sequence(oid(1, 2, 840, 10045, 4, 3, 3));
        }

        @Override
        byte[] tail(byte[] extensions) {
            return context(3, extensions);
        }
    };

    abstract byte[] tail(byte[] extensions);

    byte[] version() {
        return context(0, integer(2));
    }

    byte[] algorithm() {
        return Der.ECDSA_SHA256;
    }

    byte[] validity(byte[] from, byte[] until) {
        return sequence(from, until);
    }

    byte[] key(byte[] key) {
        return key;
    }

    byte[] afterSignature() {
        return new byte[0];
    }

    /** Makes the certificate, signed by this authority with its EC key. */
    public byte[] der(String subject, TestCertificate authority, KeyPair keys) {
        return der(subject, authority, keys, tail(sequence(serverAuth())));
    }

    private byte[] der(String subject, TestCertificate authority, KeyPair keys, byte[] tail) {
        byte[] tbs = sequence(
                version(),
                integer(BigInteger.valueOf(System.nanoTime())),
                algorithm(),
                authority.certificate().getSubjectX500Principal().getEncoded(),
                validity(
                        time(Instant.now().minus(Duration.ofDays(1))),
                        time(Instant.now().plus(Duration.ofDays(30)))),
                new X500Principal(subject).getEncoded(),
                key(keys.getPublic().getEncoded()),
                tail);
        return Der.signed(tbs, authority.privateKey(), afterSignature());
    }

    /** Makes the certificate with a new key, as the JDK reads it; null if the JDK refuses it by itself. */
    public @Nullable TestCertificate of(String subject, TestCertificate authority) {
        KeyPair keys = keys();
        return read(der(subject, authority, keys), keys, authority);
    }

    /** Makes a certificate that ends with these elements after its key, as the JDK reads it. */
    public static @Nullable TestCertificate with(byte[] tail, String subject, TestCertificate authority) {
        KeyPair keys = keys();
        return read(SOUND.der(subject, authority, keys, tail), keys, authority);
    }

    private static KeyPair keys() {
        try {
            return Signing.generate("EC", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has EC", e);
        }
    }

    private static @Nullable TestCertificate read(byte[] der, KeyPair keys, TestCertificate authority) {
        try {
            X509Certificate read = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new TestCertificate(read, keys, List.of(authority.certificate()));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private static byte[] serverAuth() {
        return sequence(oid(2, 5, 29, 37), octets(sequence(oid(1, 3, 6, 1, 5, 5, 7, 3, 1))));
    }

    private static byte[] foreign() {
        return sequence(oid(1, 2, 3, 4), octets(nothing()));
    }

    private static byte[] uniqueId(int number) {
        return element(0x80 | number, new byte[] {0, 1});
    }
}
