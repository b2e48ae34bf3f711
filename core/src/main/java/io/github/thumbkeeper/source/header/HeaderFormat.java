/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/** How a kind of proxy writes a certificate into header fields. Implementations are safe to share between threads. */
@FunctionalInterface
interface HeaderFormat {

    /**
     * Returns what the fields hold.
     *
     * @throws BadHeaderException if that is anything but what the format demands
     */
    ForwardedCertificate read(ForwardedFields fields) throws BadHeaderException;
}
