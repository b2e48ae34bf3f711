/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/**
 * An attribute of an element. Immutable and thread-safe.
 *
 * @param index the index of its name in the document
 */
record PolicyAttribute(int index, String name, PolicyValue value) {}
