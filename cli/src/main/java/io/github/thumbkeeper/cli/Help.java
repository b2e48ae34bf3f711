/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

/** The help text of the tool. */
final class Help {

    static final String TEXT = """
            thumbkeeper: thumbprints of client certificates, and the settings of gates

            Examples
              the thumbprint to paste into the settings
                thumbprint alice.pem
              of every certificate in a directory, with its label
                thumbprint /etc/clients
              of a key store; the password is the first line of a file
                thumbprint --password-file secret.txt clients.p12
              the pin of the public key, which survives a renewal with the same key
                thumbprint --pin alice.pem
              all settings of valve and filter
                settings
              a policy of API Management as a valve and a filter
                migrate policy.xml

            Commands
              thumbprint [--algorithm sha256|sha1|sha384|sha512] [--pin] [--password-file FILE] FILE...
                  FILE is PEM, DER, a key store (PKCS12, JKS), or a directory of PEM and DER files.
                  One certificate gives one line; more give columns: thumbprint, label, file.
              settings [--markdown]
                  Every setting with its values and its default; --markdown prints the reference page.
              migrate POLICY.xml|-
                  A policy document of API Management as the configuration of a valve and of a filter, with remarks.
                  A part about certificates that it does not understand is an error with line and column.
              version
              help

            Run it as: java -jar thumbkeeper-valve.jar COMMAND ...
            The result goes to the standard output, problems and hints to the standard error.
            Exit status: 0 success, 1 refused or unreadable file, 2 wrong arguments.
            """;

    private Help() {}
}
