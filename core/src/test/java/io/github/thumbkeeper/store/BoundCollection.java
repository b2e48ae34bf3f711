/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.TestCertificate;
import java.security.cert.X509Certificate;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Certificates in an array or in a collection, which its owner may change while it is read. */
final class BoundCollection extends BoundStore {

    private final Map<String, X509Certificate> certificates = new TreeMap<>();
    private final boolean array;

    BoundCollection(boolean array) {
        this.array = array;
        bind(whole());
    }

    @Override
    Object whole() {
        return array ? certificates.values().toArray(new X509Certificate[0]) : certificates.values();
    }

    @Override
    public void put(String name, TestCertificate certificate) {
        certificates.put(name, certificate.certificate());
        bind(whole());
    }

    @Override
    public void remove(String name) {
        certificates.remove(name);
        bind(whole());
    }

    @Override
    public void cutOff() {
        Collection<X509Certificate> all = certificates.values();
        bind(new AbstractCollection<X509Certificate>() {
            @Override
            public Iterator<X509Certificate> iterator() {
                Stream<X509Certificate> endless = Stream.concat(all.stream().limit(1), Stream.generate(() -> {
                    throw new ConcurrentModificationException();
                }));
                return endless.iterator();
            }

            @Override
            public int size() {
                return all.size();
            }
        });
    }

    @Override
    public String label(String name) {
        return null;
    }
}
