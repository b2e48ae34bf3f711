/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance.app;

/** Is there once for each class loader of an application that is still held. */
public final class Marker {

    static final Marker HERE = new Marker();

    private Marker() {}

    @Override
    public String toString() {
        return Integer.toHexString(System.identityHashCode(Marker.class.getClassLoader()));
    }
}
