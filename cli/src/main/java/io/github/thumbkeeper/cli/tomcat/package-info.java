/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Reads the configuration files of a Tomcat: finds every gate and every connector in them. Knows no Tomcat class, because the tool
 * runs without Tomcat.
 */
@NullMarked
package io.github.thumbkeeper.cli.tomcat;

import org.jspecify.annotations.NullMarked;
