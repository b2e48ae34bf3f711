/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.certificate;

/**
 * A remark on a certificate in the preview.
 *
 * <p>Immutable and thread-safe.
 *
 * @param key the key of its text, after {@code remark.}
 * @param isSerious whether the certificate should not be added without a second thought
 * @param value what the text names; empty if nothing
 */
public record Remark(String key, boolean isSerious, String value) {}
