/* SPDX-License-Identifier: Apache-2.0 */
/** Parses and prints thumbprints and pins, as people write them. */
@NullMarked
package io.github.thumbkeeper.certificate.text;

import org.jspecify.annotations.NullMarked;
