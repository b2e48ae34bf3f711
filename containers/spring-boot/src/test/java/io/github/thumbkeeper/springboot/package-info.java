/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the recipes for Spring Boot with Spring Security, in a real application. */
@NullMarked
package io.github.thumbkeeper.springboot;

import org.jspecify.annotations.NullMarked;
