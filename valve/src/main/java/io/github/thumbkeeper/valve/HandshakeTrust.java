/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

/** Whether the TLS handshake of a virtual host verifies client certificates. Immutable and thread-safe. */
sealed interface HandshakeTrust {

    /** Only certificates that the connector itself has verified pass. */
    record Verified() implements HandshakeTrust {}

    /** Every certificate passes, with any subject. */
    record Unverified() implements HandshakeTrust {}

    /**
     * Cannot be determined, so it is treated like {@link Unverified}.
     *
     * @param why what could not be inspected
     */
    record Unknown(String why) implements HandshakeTrust {}
}
