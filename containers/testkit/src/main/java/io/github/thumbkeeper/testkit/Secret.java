/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The content of a file, column or attribute that was named by mistake and holds a secret.
 *
 * @param name its name in test reports, which repeats nothing of the content
 * @param text the content
 * @param charset the character set of its file
 * @param window the number of consecutive characters of a token that must not be repeated; more for ordinary words
 * @param tokens the parts of the content that are secret
 */
public record Secret(String name, String text, Charset charset, int window, List<String> tokens) {

    private static final String STRANGE = "Xq7#Zw9!vK";
    private static final String SENTENCE = "Zk3!mQj xw9?Tvr";
    private static final String HEX_KEY = "9d4be1c07fa2635886dd13f0b2ae4c97";
    private static final String LONG_HEX_KEY = "60" + HEX_KEY + "4f5c7d2819b0e36a60d1c5b8f7e2a493";
    private static final String BASE64_KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    /** Returns one secret of each kind. */
    public static Stream<Secret> all() {
        String body = TestCertificate.named("CN=x").build().privateKeyPem();
        return Stream.of(
                of("a word", "changeit", 7, "changeit"),
                of("strange characters", STRANGE + "\n", 3, STRANGE),
                of("two words", SENTENCE + "\n", 3, SENTENCE),
                of("hex digits", "deadbeef\r\n", 5, "deadbeef"),
                of("a key in hex", HEX_KEY, 5, HEX_KEY),
                of("a named key in hex", "key=" + LONG_HEX_KEY, 5, LONG_HEX_KEY),
                of("another named key in hex", "aes:" + LONG_HEX_KEY, 5, LONG_HEX_KEY),
                of("a key in base64", BASE64_KEY, 5, BASE64_KEY),
                of("a private key", body, 8, body.split("\n", -1)[1]),
                of("settings", "storePassword=" + STRANGE + "\nlabel=\"" + STRANGE + "\"\n", 3, STRANGE),
                of("properties", "spring.datasource.password=" + STRANGE + "\nx:" + SENTENCE + "\n", 3, STRANGE),
                of("users", "alice:" + STRANGE + ":admin\nbob " + STRANGE + "\n", 3, STRANGE),
                of("a URL", "jdbc:postgresql://gate:" + STRANGE + "@db/x", 3, STRANGE),
                of("a hash", "{SSHA}" + BASE64_KEY, 5, BASE64_KEY),
                of("an instant", "until=" + STRANGE + " roles=" + STRANGE + ",\n", 3, STRANGE),
                of("many lines", (STRANGE + "\n").repeat(50), 3, STRANGE),
                of("a byte order mark", "\uFEFF" + STRANGE + "\n", 3, STRANGE),
                new Secret("UTF-16", STRANGE + "\n", StandardCharsets.UTF_16, 3, List.of(STRANGE)),
                new Secret("UTF-16 without a mark", STRANGE + "\n", StandardCharsets.UTF_16LE, 3, List.of(STRANGE)),
                new Secret("Latin-1", STRANGE + "\u00E4\n", StandardCharsets.ISO_8859_1, 3, List.of(STRANGE)));
    }

    private static Secret of(String name, String text, int window, String token) {
        return new Secret(name, text, StandardCharsets.UTF_8, window, List.of(token));
    }

    /** Returns the bytes of its file. */
    public byte[] bytes() {
        return text.getBytes(charset);
    }

    /**
     * Checks that no piece of the secret is in the text.
     *
     * @throws AssertionError if a piece is
     */
    public void assertNotIn(String text) {
        for (String token : tokens) {
            IntStream.rangeClosed(0, token.length() - window)
                    .mapToObj(i -> token.substring(i, i + window))
                    .forEach(piece -> assertAbsent(text, piece));
        }
        assertAbsent(text, "has the character [");
    }

    private static void assertAbsent(String text, String piece) {
        if (text.contains(piece)) {
            throw new AssertionError("[" + piece + "] is in [" + text + "]");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
