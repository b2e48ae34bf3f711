/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

/**
 * How key stores are read.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param password opens the key store files that are named directly
 * @param includeKeyEntries whether the certificate of a private key counts like a trusted one; the key is never read
 */
public record StoreOptions(StorePassword password, boolean includeKeyEntries) {}
