/* SPDX-License-Identifier: Apache-2.0 */
/** Forms in which the command line tool prints: tables, CSV and JSON. */
@NullMarked
package io.github.thumbkeeper.cli.output;

import org.jspecify.annotations.NullMarked;
