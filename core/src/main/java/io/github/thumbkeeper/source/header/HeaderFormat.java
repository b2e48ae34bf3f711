/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.PresentedCertificate;

/**
 * Reads a certificate as one kind of proxy writes it into header fields. Implementations are immutable and thread-safe.
 *
 * <p>To add a format, add a constant to {@link ForwardingProxy}, build its {@code HeaderFormat} from the methods of {@link
 * EncodedCertificate} and {@link PercentEncoding}, and add the constant of the same name to {@code ForwardedAs} in the test kit,
 * which writes the header as the proxy does. The tests of all formats then include it.
 */
@FunctionalInterface
interface HeaderFormat {

    /**
     * Reads the certificate, or its hash.
     *
     * @throws BadHeaderException if the fields do not match the format exactly
     */
    PresentedCertificate read(ForwardedFields fields) throws BadHeaderException;
}
