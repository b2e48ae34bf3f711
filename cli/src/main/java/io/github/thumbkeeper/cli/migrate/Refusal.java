/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import org.jspecify.annotations.Nullable;

/**
 * A response of a policy instead of the application's. Immutable and thread-safe.
 *
 * @param index the index of its element in the document
 * @param status the HTTP status
 * @param reason the reason phrase; null if it has none, or if it is an expression
 */
record Refusal(int index, int status, @Nullable String reason) {}
