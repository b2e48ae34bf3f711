/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Diagnosis of what surrounds a gate: connectors, applications and filter mappings. The valve and the filter fill the records from
 * the running container, the command line tool from its files, so that a start and {@code check} report the same.
 */
@NullMarked
package io.github.thumbkeeper.setup;

import org.jspecify.annotations.NullMarked;
