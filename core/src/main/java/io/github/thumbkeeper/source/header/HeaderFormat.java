/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

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
     * Reads the certificate, or its hash. Checks the length of each part, see {@link FieldLimits}, before it decodes the part.
     *
     * @throws BadHeaderException if the field with the certificate does not match the format exactly
     */
    ForwardedClient read(ForwardedFields fields) throws BadHeaderException;
}
