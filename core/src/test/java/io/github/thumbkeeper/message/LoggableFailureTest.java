/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LoggableFailureTest {

    private final IllegalStateException thrown =
            new IllegalStateException("a\nb", new IllegalArgumentException("password=s3cret"));

    @Test
    @DisplayName("without text, the log shows the classes and stack traces of the exception and its causes")
    void showsNoText() {
        assertThat(printed(LoggableFailure.of(thrown)))
                .startsWith("java.lang.IllegalStateException" + System.lineSeparator())
                .contains("Caused by: java.lang.IllegalArgumentException" + System.lineSeparator())
                .contains("at " + LoggableFailureTest.class.getName())
                .doesNotContain("s3cret");
    }

    @Test
    void escapesText() {
        assertThat(printed(LoggableFailure.withText(thrown))).startsWith("java.lang.IllegalStateException: a\\u000Ab");
    }

    @Test
    void describesAnExceptionUnlessItMayContainAPassword() {
        Exception harmless = new IllegalStateException("no such\talias");

        assertThat(LoggableFailure.describe(harmless)).isEqualTo("no such\\u0009alias");
        assertThat(LoggableFailure.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
        assertThat(LoggableFailure.describe(thrown)).isEqualTo("java.lang.IllegalStateException");
        assertThat(LoggableFailure.ifSecret(harmless)).isSameAs(harmless);
        assertThat(LoggableFailure.ifSecret(thrown)).isInstanceOf(LoggableFailure.class);
    }

    @Test
    void endsAtACycleOfCauses() {
        Exception one = new Exception("one");
        one.initCause(new Exception("two", one));

        assertThat(LoggableFailure.of(one)).hasToString("java.lang.Exception");
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
