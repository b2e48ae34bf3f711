/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

/**
 * Options for reading a key store file.
 *
 * <p>Immutable and thread-safe.
 *
 * @param password password of the key store file
 * @param includeKeyEntries whether the certificate of a private key counts like a trusted one; the key is never read
 */
public record KeyStoreOptions(StorePassword password, boolean includeKeyEntries) {}
