/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An element of DER that can be changed, together with the elements in it; also with those in an OCTET STRING or BIT STRING, such as the
 * values of extensions. Written again, all lengths fit. Not thread-safe.
 */
final class DerTree {

    int tag;
    /** Content that is not elements: all of a primitive element, and the first byte of a BIT STRING with elements. */
    byte[] content;

    final List<DerTree> elements;
    LengthForm form = LengthForm.SHORTEST;

    /** How the length is written. */
    enum LengthForm {
        SHORTEST,
        LONGER_THAN_NEEDED,
        INDEFINITE,
        ONE_TOO_SMALL,
        ONE_TOO_LARGE
    }

    DerTree(int tag, byte[] content) {
        this(tag, content, List.of());
    }

    private DerTree(int tag, byte[] content, List<DerTree> elements) {
        this.tag = tag;
        this.content = content;
        this.elements = new ArrayList<>(elements);
    }

    /** Parses one element in well-formed DER. */
    static DerTree parse(byte[] der) {
        List<DerTree> all = parseAll(der);
        if (all.size() != 1) {
            throw new IllegalArgumentException("not one element");
        }
        return all.get(0);
    }

    private static List<DerTree> parseAll(byte[] der) {
        List<DerTree> all = new ArrayList<>();
        int at = 0;
        while (at < der.length) {
            int header = der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7F);
            int length = der[at + 1] >= 0 ? der[at + 1] : 0;
            for (int i = 2; i < header; i++) {
                length = length << 8 | (der[at + i] & 0xFF);
            }
            if (length < 0 || length > der.length - at - header) {
                throw new IllegalArgumentException("not elements");
            }
            all.add(element(der[at] & 0xFF, Arrays.copyOfRange(der, at + header, at + header + length)));
            at += header + length;
        }
        return all;
    }

    private static DerTree element(int tag, byte[] content) {
        boolean constructed = (tag & 0x20) != 0;
        int start = tag == 3 ? 1 : 0;
        boolean mayHaveElements = constructed || tag == 4 || (tag == 3 && content[0] == 0);
        if (mayHaveElements) {
            try {
                List<DerTree> elements = parseAll(Arrays.copyOfRange(content, start, content.length));
                if (constructed || elements.size() == 1) {
                    return new DerTree(tag, Arrays.copyOf(content, start), elements);
                }
            } catch (RuntimeException e) {
                // The content is not elements.
            }
        }
        return new DerTree(tag, content);
    }

    DerTree copy() {
        DerTree copy =
                new DerTree(tag, content, elements.stream().map(DerTree::copy).toList());
        copy.form = form;
        return copy;
    }

    /** Returns this element and all within it. */
    List<DerTree> all() {
        List<DerTree> all = new ArrayList<>();
        all.add(this);
        elements.forEach(each -> all.addAll(each.all()));
        return all;
    }

    byte[] der() {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(content);
        elements.forEach(each -> inner.writeBytes(each.der()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        writeLength(out, inner.size());
        out.writeBytes(inner.toByteArray());
        if (form == LengthForm.INDEFINITE) {
            out.writeBytes(new byte[2]);
        }
        return out.toByteArray();
    }

    private void writeLength(ByteArrayOutputStream out, int length) {
        int written = form == LengthForm.ONE_TOO_SMALL
                ? Math.max(0, length - 1)
                : form == LengthForm.ONE_TOO_LARGE ? length + 1 : length;
        int bytes = written < 0x80 ? 0 : written < 0x100 ? 1 : 2;
        if (form == LengthForm.INDEFINITE) {
            out.write(0x80);
            return;
        }
        if (form == LengthForm.LONGER_THAN_NEEDED) {
            bytes++;
        }
        out.write(bytes == 0 ? written : 0x80 | bytes);
        for (int i = bytes - 1; i >= 0; i--) {
            out.write(written >> (8 * i));
        }
    }
}
