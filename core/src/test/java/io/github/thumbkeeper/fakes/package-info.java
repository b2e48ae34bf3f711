/* SPDX-License-Identifier: Apache-2.0 */
/** Fakes that the tests of several packages share. */
package io.github.thumbkeeper.fakes;
