/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks a test, or the tests of a class, that take several seconds.
 *
 * <p>The fast loop ({@code mvn -Pfast}) leaves them out, and {@code mvn verify} leaves them out on Tomcat. {@code .ci/run} runs
 * all of them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("slow")
public @interface Slow {}
