/* SPDX-License-Identifier: Apache-2.0 */
/** What every container must show, and what a container's module gives to be asked. */
@NullMarked
package io.github.thumbkeeper.conformance;

import org.jspecify.annotations.NullMarked;
