/**
 * Loads entries, trust anchors and CRLs from files and directories.
 *
 * <p>{@code StoreFile} reads one file, completely or not at all. The kind of the content, which
 * {@code FileKind} recognises, selects the parser:
 *
 * <ul>
 *   <li>a thumbprint list is parsed line by line while it is read ({@code ThumbprintListParser}), because it may have millions of
 *       lines;
 *   <li>a key store is opened by {@code KeyStoreFile};
 *   <li>PEM and DER are read by {@code CertificateReader}.
 * </ul>
 *
 * <p>{@code FileStore} makes entries of a file, {@code CertificateFile} returns its certificates themselves, {@code CrlFiles}
 * its CRLs. {@code DirectoryStore} and {@code CrlFiles} read a directory by {@code DirectoryReader}, which keeps the result of
 * each file, and by {@code KnownFiles} recognises an unchanged one without reading it; {@code FileWatch} does so for a single
 * file. {@code TextFile} is for rules and role mappings.
 */
@NullMarked
package io.github.thumbkeeper.store.file;

import org.jspecify.annotations.NullMarked;
