/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A cache of fixed size. Each key has one slot, and a new entry replaces the one in its slot: a client can displace entries, never
 * exhaust the memory.
 *
 * <p>Thread-safe without a lock. A slot is read once and written once, each as a whole, and holds an object whose own fields are
 * final: another thread sees it complete or not at all (Java Language Specification section 17.5). Key and value are in that one
 * object, so a value is never found with the key of another. A thread that misses what another has just written only finds the value
 * again.
 *
 * @param <K> the keys
 * @param <V> the values; immutable and, if keys are held weakly, without a reference to their key
 */
public final class BoundedCache<K, V> {

    private final @Nullable Slot<K, V>[] slots;
    private final boolean byIdentity;

    @SuppressWarnings("unchecked") // Java has no arrays of generic types
    private BoundedCache(int size, boolean byIdentity) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("the size is " + size + "; expected a power of two");
        }
        this.slots = (@Nullable Slot<K, V>[]) new Slot<?, ?>[size];
        this.byIdentity = byIdentity;
    }

    /** Makes a cache that holds its keys weakly, and finds a value by the same object only. */
    public static <K, V> BoundedCache<K, V> byIdentity(int size) {
        return new BoundedCache<>(size, true);
    }

    /** Makes a cache that finds a value by an equal key. */
    public static <K, V> BoundedCache<K, V> byEquality(int size) {
        return new BoundedCache<>(size, false);
    }

    /** Returns the value, or null if it was never stored or has been replaced. */
    public @Nullable V get(K key) {
        Slot<K, V> slot = slots[index(key)];
        return slot != null && slot.isOf(key) ? slot.value() : null;
    }

    /** Keeps a value until another key needs the slot. */
    public void put(K key, V value) {
        slots[index(key)] = byIdentity ? new IdentitySlot<>(key, value) : new EqualitySlot<>(key, value);
    }

    private int index(K key) {
        int hash = byIdentity ? System.identityHashCode(key) : key.hashCode();
        return (hash ^ (hash >>> 12)) & (slots.length - 1);
    }

    private sealed interface Slot<K, V> {

        boolean isOf(K other);

        V value();
    }

    private record EqualitySlot<K, V>(K key, V value) implements Slot<K, V> {
        @Override
        public boolean isOf(K other) {
            return key.equals(other);
        }
    }

    private static final class IdentitySlot<K, V> extends WeakReference<K> implements Slot<K, V> {

        private final V value;

        IdentitySlot(K key, V value) {
            super(key);
            this.value = value;
        }

        @Override
        public boolean isOf(K other) {
            return refersTo(other);
        }

        @Override
        public V value() {
            return value;
        }
    }
}
