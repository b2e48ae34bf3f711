/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import java.security.Principal;

/**
 * The principal of an admitted request; the application gets it from {@code HttpServletRequest.getUserPrincipal()}. Its name is
 * chosen by the setting {@code principal}.
 *
 * <p>Immutable and thread-safe.
 */
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
