/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Marks the tests that ask for an {@link OutsideProgram}.
 *
 * <p>The gate runs all tests without outside programs first, installs the packages, and then runs the tests with this tag. A test
 * without the tag would be skipped the first time and forgotten the second time, so a program is only found within its scope.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Tag("program")
@ExtendWith(NeedsProgram.Scope.class)
public @interface NeedsProgram {

    /** Knows which annotated classes and methods are running. Thread-safe. */
    final class Scope implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

        private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

        static void check(String program) {
            if (OPEN.isEmpty()) {
                throw new IllegalStateException("The test asks for [" + program
                        + "] without the annotation @NeedsProgram, so the gate would never run it with the program.");
            }
        }

        @Override
        public void beforeAll(ExtensionContext context) {
            OPEN.add(context.getUniqueId());
        }

        @Override
        public void afterAll(ExtensionContext context) {
            OPEN.remove(context.getUniqueId());
        }

        @Override
        public void beforeEach(ExtensionContext context) {
            OPEN.add(context.getUniqueId());
        }

        @Override
        public void afterEach(ExtensionContext context) {
            OPEN.remove(context.getUniqueId());
        }
    }
}
