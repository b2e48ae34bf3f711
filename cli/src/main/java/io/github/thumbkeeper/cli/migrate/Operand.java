/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;

/** The value of a part of an expression that is not a condition itself. Immutable and thread-safe. */
sealed interface Operand {

    /**
     * A condition.
     *
     * @param nullSafe whether the value is null, and not an error, if there is no certificate
     */
    record Truth(Condition condition, boolean nullSafe) implements Operand {}

    /** {@code context.Request.Certificate}. */
    record Certificate() implements Operand {}

    /** {@code null}. */
    record Null() implements Operand {}

    /** A string. */
    record Text(String value, int index) implements Operand {}

    /** Strings. */
    record Texts(List<Text> members) implements Operand {}

    /**
     * A property of the client certificate.
     *
     * @param nullSafe whether it is null, and not an error, if there is no certificate
     * @param letters the case of its letters
     */
    record Property(Claim.Kind kind, boolean nullSafe, Letters letters) implements Operand {

        /** The case of letters. */
        enum Letters {
            AS_THEY_ARE,
            UPPER,
            LOWER
        }
    }

    /** The end of the certificate's period of validity, or its start. */
    record Date(Claim inForce, boolean nullSafe) implements Operand {}

    /** The current time. */
    record Now() implements Operand {}

    /** {@code context.Deployment.Certificates}. */
    record Uploaded() implements Operand {}

    /** An entry of these, a key and a certificate. */
    record UploadedEntry() implements Operand {}

    /** The certificate of an entry. */
    record UploadedCertificate() implements Operand {}

    /** The thumbprint of an uploaded certificate. */
    record UploadedThumbprint() implements Operand {}
}
