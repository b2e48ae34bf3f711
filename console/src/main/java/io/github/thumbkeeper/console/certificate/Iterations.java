/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Finds the iteration counts of a PKCS #12 file before it is opened: a count of some millions costs seconds of CPU for each bag.
 *
 * <p>Reads the nested DER or BER elements, those in octet strings too. Every integer that could be a count is taken for one, since
 * nothing else outside the encrypted parts is as large. Thread-safe.
 */
final class Iterations {

    private static final int DEEPEST = 24;
    private static final int MOST_ELEMENTS = 20_000;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int CONSTRUCTED = 0x20;
    private static final int LONGEST_COUNT_BYTES = 8;

    private final byte[] bytes;
    private int elements;
    private long largest;

    private Iterations(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the largest integer that may be an iteration count; the largest long if there are too many elements. */
    static long largest(byte[] file) {
        Iterations search = new Iterations(file);
        search.read(0, file.length, 0);
        return search.largest;
    }

    /** Returns whether the range is a sequence of well-formed elements. */
    private boolean read(int from, int to, int depth) {
        int at = from;
        while (at < to) {
            if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
                largest = Long.MAX_VALUE;
                return false;
            }
            if (at + 2 > to) {
                return false;
            }
            int tag = bytes[at] & 0xFF;
            int first = bytes[at + 1] & 0xFF;
            int start = at + 2;
            long length = first;
            if (first == 0x80) {
                // Indefinite length (X.690 section 8.1.3.6): what follows is read as elements, up to the end.
                length = (long) to - start;
            } else if (first > 0x80) {
                int count = first & 0x7F;
                if (count > 4 || start + count > to) {
                    return false;
                }
                length = new BigInteger(1, Arrays.copyOfRange(bytes, start, start + count)).longValue();
                start += count;
            }
            if (length > to - start) {
                return false;
            }
            int end = start + (int) length;
            take(tag, start, end, depth);
            at = end;
        }
        return true;
    }

    private void take(int tag, int start, int end, int depth) {
        if (tag == INTEGER && end > start && end - start <= LONGEST_COUNT_BYTES) {
            largest = Math.max(largest, new BigInteger(Arrays.copyOfRange(bytes, start, end)).longValue());
        } else if ((tag & CONSTRUCTED) != 0 || tag == OCTET_STRING) {
            read(start, end, depth + 1);
        }
    }
}
