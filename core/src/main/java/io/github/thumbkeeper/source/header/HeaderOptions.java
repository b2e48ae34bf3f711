/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.HeaderNames;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that a proxy sends.
 *
 * @param proxy the kind of proxy
 * @param name the name of the header field with the certificate
 * @param hops the number of proxies that each add an element to the field
 * @param hashOnly whether a hash without the certificate is enough
 * @param verification the confirmation that the proxy must send in another field
 * @param chainNeeded whether the rest of the chain is needed, so that a chain that cannot be read is a reason to refuse
 * @param hide whether to hide these fields from the application even if a trusted proxy sent them; from any other peer they are
 *     always hidden
 */
public record HeaderOptions(
        ForwardingProxy proxy,
        String name,
        int hops,
        boolean hashOnly,
        ProxyVerification verification,
        boolean chainNeeded,
        boolean hide) {

    /** Returns the name of the field with the rest of the chain (RFC 9440 section 2.3), or null if there is none. */
    @Nullable
    String chainName() {
        return proxy == ForwardingProxy.RFC9440 ? name + "-Chain" : null;
    }

    /** Returns whether the verification field is also the field of the certificate or its chain. */
    public boolean isVerificationMisplaced() {
        return verification instanceof ProxyVerification.Field field
                && HeaderNames.of(name, chainName()).covers(field.name());
    }

    HeaderNames names() {
        return verification instanceof ProxyVerification.Field field
                ? HeaderNames.of(name, chainName(), field.name())
                : HeaderNames.of(name, chainName());
    }
}
