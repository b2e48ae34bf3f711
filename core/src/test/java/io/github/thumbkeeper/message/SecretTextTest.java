/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:mem:x;PASSWORD=s3cret, jdbc:...",
        "JDBC:postgresql://host/db?user=a&password=s3cret, JDBC:...",
        "PASSWORD=s3cret, ...",
        "pwd = s3cret, ...",
        "https://gate:s3cret@host/clients.pem, https:...",
        "ldap://gate@host/, ldap:..."
    })
    void showsOnlyTheBeginning(String location, String shown) {
        assertThat(SecretText.masked(location)).isEqualTo(shown);
        assertThat(SecretText.quoted(location)).isEqualTo("[" + shown + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/secret/passwords.txt",
                "java:comp/env/jdbc/clients",
                "jndi:jdbc/clients",
                "https://host/a/b@c",
                "C:\\Program Files\\clients.p12"
            })
    void showsOtherLocations(String location) {
        assertThat(SecretText.masked(location)).isEqualTo(location);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authentication failed for user x with password \"s3cret\"",
                "{\"password\":\"s3cret\"}",
                "Invalid password: s3cret",
                "passphrase=s3cret",
                "accessToken='s3cret'"
            })
    void recognisesPasswordsInMessages(String text) {
        assertThat(SecretText.isIn(new IllegalStateException(text))).isTrue();
    }

    @Test
    void hidesSuppressedExceptions() {
        Throwable thrown = new IllegalStateException("a");
        thrown.addSuppressed(new IllegalStateException("b"));

        assertThat(SecretText.isIn(thrown)).isTrue();
    }

    @Test
    void checksAllCauses() {
        Throwable cause = new IllegalStateException("no driver for jdbc:x:y");

        assertThat(SecretText.isIn(new IllegalArgumentException("a", new IllegalStateException("b", cause))))
                .isTrue();
        assertThat(SecretText.isIn(new IllegalArgumentException("a", new IllegalStateException("b"))))
                .isFalse();
    }

    @Test
    void hidesAnEndlessChainOfCauses() {
        Throwable thrown = new IllegalStateException("0");
        for (int i = 0; i < 20; i++) {
            thrown = new IllegalStateException("x", thrown);
        }

        assertThat(SecretText.isIn(thrown)).isTrue();
    }
}
