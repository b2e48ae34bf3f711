/* SPDX-License-Identifier: Apache-2.0 */
/** Loads entries, trust anchors and CRLs from files and directories. */
@NullMarked
package io.github.thumbkeeper.store.file;

import org.jspecify.annotations.NullMarked;
