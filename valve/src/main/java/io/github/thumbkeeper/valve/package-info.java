/* SPDX-License-Identifier: Apache-2.0 */
/** The gate as a Tomcat valve; {@link io.github.thumbkeeper.valve.ClientCertificateValve} is the class to configure. */
@NullMarked
package io.github.thumbkeeper.valve;

import org.jspecify.annotations.NullMarked;
