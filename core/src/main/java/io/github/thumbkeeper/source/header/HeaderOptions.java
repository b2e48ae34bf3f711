/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy sends.
 *
 * @param proxy the kind of proxy
 * @param name the name of the header field with the certificate
 * @param hops how many proxies add to the field, where each adds something
 * @param hashOnly whether the thumbprint of a certificate does in its place
 * @param proof what the proxy must say besides, or null
 * @param hide whether the application never sees these fields; those of strangers it never sees anyway
 */
public record HeaderOptions(
        ForwardingProxy proxy,
        String name,
        int hops,
        boolean hashOnly,
        @Nullable ProxyVerification proof,
        boolean hide) {

    /** Returns the name of the field with what the client sent along (RFC 9440 section 2.3), or null if there is none. */
    @Nullable
    String chainName() {
        return proxy == ForwardingProxy.RFC9440 ? name + "-Chain" : null;
    }

    /** Returns whether the proof would stand where something else has to. */
    public boolean isProofMisplaced() {
        return proof != null && HeaderNames.of(name, chainName()).covers(proof.name());
    }

    HeaderNames names() {
        return HeaderNames.of(name, chainName(), proof == null ? null : proof.name());
    }
}
