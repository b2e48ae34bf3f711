/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

/** Which client certificates pass the TLS handshake of a virtual host. */
sealed interface HandshakeTrust {

    /** Only certificates that the connector itself has verified. */
    record Verified() implements HandshakeTrust {}

    /** Every certificate, whatever its subject says. */
    record Anyone() implements HandshakeTrust {}

    /**
     * Cannot be determined, so it is treated like {@link Anyone}.
     *
     * @param why what could not be inspected
     */
    record Unknown(String why) implements HandshakeTrust {}
}
