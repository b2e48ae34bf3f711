/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/** What the application sees of a request that has passed. An asynchronous request goes on with this view of it. */
abstract class GuardedRequest extends HttpServletRequestWrapper {

    private final ServletResponse response;

    GuardedRequest(HttpServletRequest request, ServletResponse response) {
        super(request);
        this.response = response;
    }

    /** Returns the request as it was before a filter of ours saw it for the first time. */
    static ServletRequest beneathOurs(ServletRequest request) {
        ServletRequest beneath = request;
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            current = wrapper.getRequest();
            if (wrapper instanceof GuardedRequest) {
                beneath = current;
            }
        }
        return beneath;
    }

    @Override
    public AsyncContext startAsync() {
        return super.startAsync(this, response);
    }
}
