/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * What can be tried while the demo stays up, ready to paste.
 *
 * @param server where Tomcat answers
 * @param base the folder of this run
 * @param valve the packaged valve, which is the command line tool too
 */
record NextSteps(URI server, Base base, Path valve) {

    void print(PrintStream out) {
        out.println("\n  It stays up. Try it:\n");
        out.println("    cd " + base.pki());
        out.println("    # admitted by the valve, by thumbprint");
        out.println("    " + curl("alice") + " " + server + "/valve/");
        out.println("    # refused: a certificate that nobody lists");
        out.println("    " + curl("stranger") + " " + server + "/valve/");
        out.println("    # refused: no certificate");
        out.println("    curl -i --cacert server.pem " + server + "/filter/");
        out.println("    # refused by the filter; add carol to the store, wait a second, and ask again");
        out.println("    " + curl("carol") + " " + server + "/filter/");
        out.println("    cp carol.pem ../conf/clients");
        out.println("    # the thumbprint to paste into the settings");
        out.println("    java -jar " + valve + " thumbprint alice.pem");
        out.println("    # what Thumbkeeper logs");
        out.println("    grep TK- ../logs/console.log\n");
    }

    private static String curl(String client) {
        return "curl -i --cacert server.pem --cert " + client + ".pem --key " + client + "-key.pem";
    }
}
