/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a field that has the leaf and the rest of the chain, each of which has its own limit. Immutable and thread-safe.
 *
 * <p>The whole field must match its format. A certificate of the chain that the runtime cannot read is kept as a problem.
 *
 * @param certificate the text of the leaf
 * @param chain the text of the rest of the chain; empty if there is none
 * @param hasChain whether there is a chain, even an empty one
 */
record FieldParts(String certificate, String chain, boolean hasChain) {

    private static final String BEGIN = "-----BEGIN";
    private static final String END = "-----END";

    /** Decodes the certificates of a part into their DER. */
    @FunctionalInterface
    interface Decoder {
        List<byte[]> decode(String text) throws BadHeaderException;
    }

    /** Splits at the first comma. */
    static FieldParts atComma(String field) {
        int comma = field.indexOf(',');
        return comma < 0 ? new FieldParts(field, "", false) : at(field, comma, comma + 1);
    }

    /** Splits before the second PEM block. */
    static FieldParts afterPem(String field) {
        int end = field.indexOf(END);
        int next = end < 0 ? -1 : field.indexOf(BEGIN, end);
        return next < 0 ? new FieldParts(field, "", false) : at(field, next, next);
    }

    private static FieldParts at(String field, int end, int next) {
        return new FieldParts(field.substring(0, end), field.substring(next), true);
    }

    /** Reads both parts; every certificate after the first belongs to the chain. */
    ForwardedClient read(Decoder decoder) throws BadHeaderException {
        FieldLimits.requireCertificate(certificate);
        FieldLimits.requireChain(chain);
        List<byte[]> all = new ArrayList<>(decoder.decode(certificate));
        if (hasChain) {
            all.addAll(decoder.decode(chain));
        }
        X509Certificate leaf = EncodedCertificate.certificate(all.get(0));
        return new ForwardedClient.Certificate(leaf, ForwardedClient.Chain.parse(leaf, all.subList(1, all.size())));
    }
}
