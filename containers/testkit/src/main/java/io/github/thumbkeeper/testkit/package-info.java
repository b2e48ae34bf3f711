/* SPDX-License-Identifier: Apache-2.0 */
/** Certificates made at run time, key stores and TLS clients, for tests and demonstrations only. */
@NullMarked
package io.github.thumbkeeper.testkit;

import org.jspecify.annotations.NullMarked;
