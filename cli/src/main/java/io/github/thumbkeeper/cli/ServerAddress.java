/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a server.
 *
 * @param host a name or a literal address, IPv6 without brackets
 */
record ServerAddress(String host, int port) {

    /** At least two characters, because {@code C:443} is a file. */
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9][A-Za-z0-9._-]+)|\\[([0-9A-Fa-f:.]+)\\]):([0-9]{1,5})");

    private static final int MAX_PORT = 65535;

    /** Returns the address, or nothing if the text is not one, or is the name of an existing file. */
    static Optional<ServerAddress> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches() || exists(text)) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return port == 0 || port > MAX_PORT ? Optional.empty() : Optional.of(new ServerAddress(host, port));
    }

    private static boolean exists(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
