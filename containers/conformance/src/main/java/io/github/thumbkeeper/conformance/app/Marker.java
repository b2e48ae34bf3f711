/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

/** Has one instance for each live class loader of an application. */
public final class Marker {

    static final Marker HERE = new Marker();

    private Marker() {}

    @Override
    public String toString() {
        return Integer.toHexString(System.identityHashCode(Marker.class.getClassLoader()));
    }
}
