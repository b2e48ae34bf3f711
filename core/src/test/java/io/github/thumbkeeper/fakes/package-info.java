/* SPDX-License-Identifier: Apache-2.0 */
/** Hand-written stand-ins that the tests of several packages share. */
package io.github.thumbkeeper.fakes;
