/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * The confirmation that a proxy must send in another header field: that it has verified the certificate, or a secret. For
 * example, nginx confirms it by {@code proxy_set_header X-SSL-Client-Verify $ssl_client_verify;} with the value
 * {@code SUCCESS}.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface ProxyVerification {

    /** The proxy is believed without a confirmation. */
    ProxyVerification NOT_REQUIRED = new NotRequired();

    /** Returns whether the proxy has confirmed the certificate of this request. */
    boolean isGivenIn(Exchange exchange);

    /** No confirmation is expected. */
    record NotRequired() implements ProxyVerification {
        @Override
        public boolean isGivenIn(Exchange exchange) {
            return true;
        }
    }

    /** A header field that must be there once, with exactly this value. */
    final class Field implements ProxyVerification {

        private final String name;
        private final byte[] value;

        /**
         * Requires a header field.
         *
         * @param name the name of the header field
         * @param value its only valid value
         */
        public Field(String name, String value) {
            this.name = name;
            this.value = value.getBytes(StandardCharsets.ISO_8859_1);
        }

        String name() {
            return name;
        }

        /** The value may be a secret, so the time of the comparison must not depend on how much of it is right. */
        @Override
        public boolean isGivenIn(Exchange exchange) {
            List<String> lines = exchange.headers(name);
            return lines.size() == 1
                    && MessageDigest.isEqual(value, FieldText.trim(lines.get(0)).getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
