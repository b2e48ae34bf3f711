/* SPDX-License-Identifier: Apache-2.0 */
/** What lets certificates that no authority has issued through the handshake of a container. Dangerous without a gate. */
@NullMarked
package io.github.thumbkeeper.tls;

import org.jspecify.annotations.NullMarked;
