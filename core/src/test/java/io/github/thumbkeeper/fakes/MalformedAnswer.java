/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import static io.github.thumbkeeper.testkit.Der.context;
import static io.github.thumbkeeper.testkit.Der.element;
import static io.github.thumbkeeper.testkit.Der.generalizedTime;
import static io.github.thumbkeeper.testkit.Der.integer;
import static io.github.thumbkeeper.testkit.Der.join;
import static io.github.thumbkeeper.testkit.Der.nothing;
import static io.github.thumbkeeper.testkit.Der.octets;
import static io.github.thumbkeeper.testkit.Der.oid;
import static io.github.thumbkeeper.testkit.Der.sequence;

import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.bouncycastle.cert.ocsp.OCSPReq;

/**
 * OCSP responses with the status good that are signed correctly, but break the syntax of RFC 6960 section 4.2.1 in one place; and
 * {@link #SOUND}, which does not.
 */
public enum MalformedAnswer {
    SOUND,
    NULL_BEFORE_NEXT_UPDATE {
        @Override
        byte[] end(byte[] next) {
            return join(nothing(), next);
        }
    },
    NEXT_UPDATE_TWICE {
        @Override
        byte[] end(byte[] next) {
            return join(next, context(0, generalizedTime(Instant.now().minus(Duration.ofDays(1)))));
        }
    },
    STATEMENT_WITH_REMAINDER {
        @Override
        byte[] end(byte[] next) {
            return join(next, nothing());
        }
    },
    REVOKED_IN_SECOND_SEQUENCE_OF_RESPONSES {
        @Override
        byte[] responses(byte[] id) {
            byte[] revoked = element(0xA1, generalizedTime(Instant.now().minus(Duration.ofHours(2))));
            return join(sequence(statement(id, good())), sequence(statement(id, revoked)));
        }
    },
    NULL_AFTER_RESPONSES {
        @Override
        byte[] responses(byte[] id) {
            return join(sequence(statement(id, good())), nothing());
        }
    },
    NULL_BEFORE_EXTENSIONS {
        @Override
        byte[] responses(byte[] id) {
            byte[] extension = sequence(oid(1, 2, 3, 4), Der.bool(true), octets(nothing()));
            return join(sequence(statement(id, good())), nothing(), context(1, sequence(extension)));
        }
    },
    ID_WITH_REMAINDER {
        @Override
        byte[] responses(byte[] id) {
            byte[] longer = sequence(Arrays.copyOfRange(id, 2, id.length), integer(7));
            return sequence(statement(longer, good()));
        }
    },
    NULL_AFTER_SIGNATURE {
        @Override
        byte[] afterSignature() {
            return nothing();
        }
    },
    NULL_AFTER_CERTIFICATES {
        @Override
        byte[] afterSignature() {
            return join(context(0, sequence()), nothing());
        }
    },
    MALFORMED_CERTIFICATE_ENCLOSED {
        @Override
        byte[] afterSignature() {
            TestCertificate authority = TestCertificate.named("CN=Root").ca().build();
            KeyPair keys = authority.keyPair();
            return context(0, sequence(MalformedCertificate.NULL_BEFORE_EXTENSIONS.der("CN=x", authority, keys)));
        }
    },
    NULL_AFTER_RESPONSE {
        @Override
        byte[] afterResponse() {
            return nothing();
        }
    },
    NULL_AFTER_RESPONSE_BYTES {
        @Override
        byte[] afterResponseBytes() {
            return nothing();
        }
    };

    byte[] responses(byte[] id) {
        return sequence(statement(id, good()));
    }

    byte[] end(byte[] next) {
        return next;
    }

    byte[] afterSignature() {
        return new byte[0];
    }

    byte[] afterResponse() {
        return new byte[0];
    }

    byte[] afterResponseBytes() {
        return new byte[0];
    }

    /** Makes the response to a request, signed by this authority with its EC key. */
    public byte[] to(byte[] request, TestCertificate authority) throws IOException {
        byte[] name = authority.certificate().getSubjectX500Principal().getEncoded();
        byte[] tbs = sequence(context(1, name), generalizedTime(Instant.now()), responses(id(request)));
        byte[] basic = Der.signed(tbs, authority.privateKey(), afterSignature());
        byte[] type = oid(1, 3, 6, 1, 5, 5, 7, 48, 1, 1);
        byte[] bytes = sequence(type, octets(basic), afterResponse());
        return sequence(element(0x0A, new byte[1]), context(0, bytes), afterResponseBytes());
    }

    byte[] statement(byte[] id, byte[] status) {
        Instant now = Instant.now();
        byte[] next = context(0, generalizedTime(now.plus(Duration.ofHours(1))));
        return sequence(id, status, generalizedTime(now), end(next));
    }

    static byte[] good() {
        return element(0x80);
    }

    private static byte[] id(byte[] request) throws IOException {
        try {
            return Objects.requireNonNull(new OCSPReq(request).getRequestList()[0].getCertID())
                    .toASN1Primitive()
                    .getEncoded("DER");
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }
}
