/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Finds the iteration counts of a PKCS #12 file before it is opened: a count of some millions costs seconds of CPU for each bag.
 *
 * <p>Reads the nested DER or BER elements, those in octet strings too. Every integer that Java could take for a count is added, since
 * few other integers outside the encrypted parts are as large. The sum counts, because each of many bags costs its own iterations.
 * Thread-safe.
 */
final class Iterations {

    private static final int DEEPEST = 24;
    private static final int MOST_ELEMENTS = 20_000;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int CONSTRUCTED = 0x20;
    /** The JDK takes counts of up to 31 bits only. */
    private static final int LONGEST_COUNT_BYTES = 4;

    private final byte[] bytes;
    private int elements;
    private long sum;

    private Iterations(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns the sum of all integers that may be iteration counts; the largest long if there are too many elements, or a salt is
     * followed by an integer that is too large for a count.
     */
    static long sum(byte[] file) {
        Iterations search = new Iterations(file);
        search.read(0, file.length, 0, 0);
        return search.sum;
    }

    /** Returns whether the range is a sequence of well-formed elements. */
    private boolean read(int from, int to, int depth, int parent) {
        int at = from;
        int before = parent;
        while (at < to) {
            if (++elements > MOST_ELEMENTS || depth > DEEPEST) {
                sum = Long.MAX_VALUE;
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
            take(tag, start, end, depth, before);
            // The end-of-contents octets of an indefinite length are not an element.
            before = tag == 0 ? before : tag;
            at = end;
        }
        return true;
    }

    private void take(int tag, int start, int end, int depth, int before) {
        if (tag == INTEGER) {
            add(start, end, (before & ~CONSTRUCTED) == OCTET_STRING);
        } else if ((tag & CONSTRUCTED) != 0 || tag == OCTET_STRING) {
            read(start, end, depth + 1, tag);
        }
    }

    /** Adds an integer without the zeros before it, which the JDK accepts in any number. */
    private void add(int start, int end, boolean isAfterSalt) {
        int first = start;
        while (first < end && bytes[first] == 0) {
            first++;
        }
        if (end - first <= LONGEST_COUNT_BYTES) {
            long count = new BigInteger(1, Arrays.copyOfRange(bytes, first, end)).longValue();
            sum = sum > Long.MAX_VALUE - count ? Long.MAX_VALUE : sum + count;
        } else if (isAfterSalt) {
            sum = Long.MAX_VALUE;
        }
    }
}
