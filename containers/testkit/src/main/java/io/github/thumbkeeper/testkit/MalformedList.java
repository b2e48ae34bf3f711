/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static io.github.thumbkeeper.testkit.Der.bool;
import static io.github.thumbkeeper.testkit.Der.context;
import static io.github.thumbkeeper.testkit.Der.integer;
import static io.github.thumbkeeper.testkit.Der.join;
import static io.github.thumbkeeper.testkit.Der.nothing;
import static io.github.thumbkeeper.testkit.Der.octets;
import static io.github.thumbkeeper.testkit.Der.oid;
import static io.github.thumbkeeper.testkit.Der.sequence;
import static io.github.thumbkeeper.testkit.Der.set;
import static io.github.thumbkeeper.testkit.Der.time;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * CRLs that are signed correctly and revoke a certificate, but break the syntax of RFC 5280 section 5.1
 * in one place; and {@link #SOUND}, which does not.
 */
public enum MalformedList {
    /** A well-formed CRL. */
    SOUND {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), extensions());
        }
    },
    INTEGER_BEFORE_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(integer(7), sequence(entry), extensions());
        }
    },
    NULL_BEFORE_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(nothing(), sequence(entry), extensions());
        }
    },
    THIRD_TIME_BEFORE_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(time(Instant.now().plus(Duration.ofHours(2))), sequence(entry), extensions());
        }
    },
    EMPTY_ENTRIES_BEFORE_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(), sequence(entry), extensions());
        }
    },
    ENTRIES_TWICE {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry(BigInteger.ONE)), sequence(entry), extensions());
        }
    },
    EXTENSIONS_BEFORE_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(extensions(), sequence(entry));
        }
    },
    ENTRIES_AS_SET {
        @Override
        byte[] tail(byte[] entry) {
            return join(set(entry), extensions());
        }
    },
    ENTRIES_AS_CONTEXT_1 {
        @Override
        byte[] tail(byte[] entry) {
            return join(context(1, entry), extensions());
        }
    },
    ENTRIES_IN_CONTEXT_1 {
        @Override
        byte[] tail(byte[] entry) {
            return join(context(1, sequence(entry)), extensions());
        }
    },
    EXTENSIONS_TWICE {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), extensions(), context(0, sequence(delta())));
        }
    },
    CONTEXT_1_BEFORE_EXTENSIONS {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(1, sequence(number())), context(0, sequence(delta())));
        }
    },
    EXTENSIONS_AS_CONTEXT_2 {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(2, sequence(delta())));
        }
    },
    TWO_SEQUENCES_OF_EXTENSIONS {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(0, sequence(number()), sequence(delta())));
        }
    },
    EXTENSIONS_AS_SET {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(0, set(delta())));
        }
    },
    EXTENSION_TWICE {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(0, sequence(number(), number())));
        }
    },
    EXTENSION_WITH_REMAINDER {
        @Override
        byte[] tail(byte[] entry) {
            byte[] number = sequence(oid(2, 5, 29, 20), octets(integer(5)), nothing());
            return join(sequence(entry), context(0, sequence(number)));
        }
    },
    EXTENSIONS_IN_VERSION_1 {
        @Override
        byte[] version() {
            return new byte[0];
        }

        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), context(0, sequence(delta())));
        }
    },
    ELEMENT_AFTER_EXTENSIONS {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(entry), extensions(), nothing());
        }
    },
    ELEMENT_AFTER_SIGNATURE {
        @Override
        byte[] tail(byte[] entry) {
            return SOUND.tail(entry);
        }

        @Override
        byte[] afterSignature() {
            return nothing();
        }
    },
    ENTRY_WITH_REMAINDER {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(sequence(content(entry), integer(7), reason())), extensions());
        }
    },
    ENTRY_WITH_EXTENSIONS_TWICE {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(sequence(content(entry), reason(), reason())), extensions());
        }
    },
    ENTRY_WITH_EXTENSION_TWICE {
        @Override
        byte[] tail(byte[] entry) {
            byte[] reason = sequence(oid(2, 5, 29, 21), octets(Der.element(0x0A, new byte[] {1})));
            return join(sequence(sequence(content(entry), sequence(reason, reason))), extensions());
        }
    },
    ENTRY_AS_SET {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(set(content(entry))), extensions());
        }
    },
    ELEMENT_AMONG_ENTRIES {
        @Override
        byte[] tail(byte[] entry) {
            return join(sequence(nothing(), entry), extensions());
        }
    },
    OTHER_ALGORITHM_INSIDE {
        @Override
        byte[] algorithm() {
            return sequence(oid(1, 2, 840, 10045, 4, 3, 3));
        }

        @Override
        byte[] tail(byte[] entry) {
            return SOUND.tail(entry);
        }
    };

    abstract byte[] tail(byte[] entry);

    byte[] version() {
        return integer(1);
    }

    byte[] algorithm() {
        return Der.ECDSA_SHA256;
    }

    byte[] afterSignature() {
        return new byte[0];
    }

    /** Makes the CRL, issued now and signed by this authority with its EC key. */
    public byte[] of(TestCertificate authority, BigInteger revoked) {
        byte[] issuer = authority.certificate().getSubjectX500Principal().getEncoded();
        byte[] from = time(Instant.now().minus(Duration.ofHours(1)));
        byte[] until = time(Instant.now().plus(Duration.ofHours(1)));
        byte[] tbs = sequence(version(), algorithm(), issuer, from, until, tail(entry(revoked)));
        return Der.signed(tbs, authority.privateKey(), afterSignature());
    }

    private static byte[] entry(BigInteger serial) {
        return sequence(integer(serial), time(Instant.now().minus(Duration.ofHours(2))));
    }

    /** Returns the contents of a short element. */
    private static byte[] content(byte[] element) {
        return Arrays.copyOfRange(element, 2, element.length);
    }

    private static byte[] reason() {
        return sequence(sequence(oid(2, 5, 29, 21), octets(Der.element(0x0A, new byte[] {1}))));
    }

    private static byte[] extensions() {
        return context(0, sequence(number()));
    }

    private static byte[] number() {
        return sequence(oid(2, 5, 29, 20), octets(integer(5)));
    }

    /** Marks the CRL as a delta CRL, which must not be used as a complete one. */
    private static byte[] delta() {
        return sequence(oid(2, 5, 29, 27), bool(true), octets(integer(4)));
    }
}
