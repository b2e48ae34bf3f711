/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.Exchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * What a proxy has to say in another header field: that it has verified the certificate, or a secret.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ProxyVerification {

    private final String name;
    private final byte[] value;

    /**
     * Makes the proof.
     *
     * @param name the name of the header field
     * @param value what it must hold, exactly
     */
    public ProxyVerification(String name, String value) {
        this.name = name;
        this.value = value.getBytes(StandardCharsets.ISO_8859_1);
    }

    String name() {
        return name;
    }

    /** It may be a secret, so the time a comparison takes must not tell how much of it is right. */
    boolean isGiven(Exchange exchange) {
        List<String> lines = exchange.headers(name);
        return lines.size() == 1
                && MessageDigest.isEqual(value, FieldText.trim(lines.get(0)).getBytes(StandardCharsets.ISO_8859_1));
    }
}
