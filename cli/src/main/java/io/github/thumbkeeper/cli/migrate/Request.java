/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/** One of the requests between which a policy can distinguish. */
interface Request {

    /** Returns whether the client has shown a certificate. */
    boolean hasCertificate();

    /** Returns whether a claim is true of the certificate. */
    boolean has(Claim claim);
}
