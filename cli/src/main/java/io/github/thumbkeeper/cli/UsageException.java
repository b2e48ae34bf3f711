/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.SafeText;

/** The arguments of the tool are wrong. The message names the argument and the expected ones. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    static UsageException of(String argument, String why) {
        return new UsageException(SafeText.quoted(argument) + " " + why);
    }
}
