/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

/**
 * The administrator who sent a request.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the principal: the label of the administrator's entry
 * @param thumbprint the SHA-256 thumbprint of the administrator's certificate
 * @param isEditor whether the administrator may make changes
 * @param token the token for changes
 */
public record User(String name, String thumbprint, boolean isEditor, String token) {

    /** Leaves out the token. */
    @Override
    public String toString() {
        return name;
    }
}
