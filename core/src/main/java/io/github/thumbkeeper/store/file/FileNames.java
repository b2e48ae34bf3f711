/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of the files that count in a directory.
 *
 * <p>Immutable and thread-safe.
 *
 * @param wanted the names, in lower case, of the files that count
 * @param expected the endings of these names, for messages
 */
public record FileNames(Pattern wanted, String expected) {

    /** Files with certificates. */
    public static final FileNames CERTIFICATES = ending("pem", "crt", "cer", "der", "p7b", "p7c");

    /** Files with certificates, and lists of thumbprints. */
    public static final FileNames CERTIFICATES_AND_LISTS = ending("pem", "crt", "cer", "der", "p7b", "p7c", "list");

    /** Files with CRLs. */
    static final FileNames CRLS = ending("crl", "pem", "der");

    /** Names of hidden files, such as {@code ..data}, and of copies that editors and copying programs leave. */
    private static final Pattern SILENT =
            Pattern.compile("(?s)\\..*|#.*#|.*(~|\\.(tmp|swp|swx|part|filepart|bak|orig))");

    private static FileNames ending(String... endings) {
        return new FileNames(
                Pattern.compile("(?s)[^.].*\\.(" + String.join("|", endings) + ")"), "." + String.join(", .", endings));
    }

    public boolean isWanted(String name) {
        return wanted.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns whether a file is ignored without a word. */
    boolean isSilent(String name) {
        return SILENT.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns whether a file of a directory is a thumbprint list. */
    static boolean isList(Path file) {
        return FilePaths.nameOf(file).toLowerCase(Locale.ROOT).endsWith(".list");
    }
}
