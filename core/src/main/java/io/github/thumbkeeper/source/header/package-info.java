/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the client certificate from a header field of a trusted proxy.
 *
 * <p>{@link io.github.thumbkeeper.source.header.HeaderSource} decides whether the field counts, and limits its length; a format of
 * {@link io.github.thumbkeeper.source.header.ForwardingProxy} reads it. Each format is strict: one certificate has one
 * spelling, so that the gate and the proxy never see different certificates in the same field.
 */
@NullMarked
package io.github.thumbkeeper.source.header;

import org.jspecify.annotations.NullMarked;
