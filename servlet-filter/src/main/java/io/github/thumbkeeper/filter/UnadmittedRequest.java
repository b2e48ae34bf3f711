/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that passed without admission: the application does not see its certificate. */
final class UnadmittedRequest extends GuardedRequest {

    UnadmittedRequest(HttpServletRequest request, ServletResponse response) {
        super(request, response);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return RequestAttributes.CLIENT_CERTIFICATES.equals(name) ? null : super.getAttribute(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        List<String> names = Collections.list(super.getAttributeNames());
        names.remove(RequestAttributes.CLIENT_CERTIFICATES);
        return Collections.enumeration(names);
    }
}
