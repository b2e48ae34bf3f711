/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.SecureRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Marks a test of a property that holds for every input. The test takes a {@link RandomRun}; it runs ten times, with 100 cases each.
 *
 * <p>A failure names the seed of its case. The system property {@code thumbkeeper.seed} repeats that one case:
 *
 * <pre>{@code
 * mvn -pl core -am test -Dtest=HeaderPropertiesTest -Dthumbkeeper.seed=42
 * }</pre>
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(RandomCases.Provider.class)
public @interface RandomCases {

    /** Makes the runs of a test. */
    final class Provider implements ArgumentsProvider {

        private static final String SEED = "thumbkeeper.seed";
        private static final int RUNS = 10;
        private static final int CASES = 100;

        @Override
        public Stream<Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
            String seed = System.getProperty(SEED);
            if (seed != null) {
                return Stream.of(Arguments.of(new RandomRun(Long.parseLong(seed), 1)));
            }
            SecureRandom seeds = new SecureRandom();
            return IntStream.range(0, RUNS).mapToObj(run -> Arguments.of(new RandomRun(seeds.nextInt(), CASES)));
        }
    }
}
