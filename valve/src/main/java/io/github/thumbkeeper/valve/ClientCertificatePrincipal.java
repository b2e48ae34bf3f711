/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.verdict.Identity;
import java.util.List;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The principal of an admitted request. It has a class of its own so that it can be told from every other and taken out of
 * sessions: it holds for the request that presented the certificate, and for no other.
 *
 * <p>Immutable and safe to share between threads.
 */
final class ClientCertificatePrincipal extends GenericPrincipal {

    private static final long serialVersionUID = 1L;

    ClientCertificatePrincipal(String name, Identity identity) {
        super(name, List.copyOf(identity.roles()));
    }

    /** A session that is stored or replicated does not take it along. */
    private @Nullable Object writeReplace() {
        return null;
    }
}
