/* SPDX-License-Identifier: Apache-2.0 */
/** Shows on a real Tomcat who is admitted and who is not. */
@NullMarked
package io.github.thumbkeeper.demo;

import org.jspecify.annotations.NullMarked;
