/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.message.SafeText;

/** The tool was called with arguments it does not accept. The message says which, and what is accepted. */
final class MisuseException extends Exception {
    private static final long serialVersionUID = 1L;

    MisuseException(String message) {
        super(message);
    }

    static MisuseException of(String argument, String why) {
        return new MisuseException(SafeText.quoted(argument) + " " + why);
    }
}
