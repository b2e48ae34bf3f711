/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import java.security.Principal;

/** The principal of an admitted request. Immutable and safe to share between threads. */
record ClientCertificatePrincipal(String name) implements Principal {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
