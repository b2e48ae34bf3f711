/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Attributes of a rule. All except the last six have the names of Azure API Management's {@code validate-client-certificate}
 * policy.
 */
enum Attribute {
    THUMBPRINT("thumbprint"),
    SERIAL_NUMBER("serial-number"),
    COMMON_NAME("common-name"),
    SUBJECT("subject"),
    DNS_NAME("dns-name"),
    ISSUER_SUBJECT("issuer-subject"),
    ISSUER_THUMBPRINT("issuer-thumbprint"),
    ISSUER_CERTIFICATE_ID("issuer-certificate-id"),
    URI("uri"),
    EMAIL("email"),
    USER_PRINCIPAL_NAME("user-principal-name"),
    PUBLIC_KEY("public-key"),
    LABEL("label"),
    ROLES("roles");

    private final String key;

    Attribute(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    boolean isDistinguishedName() {
        return this == SUBJECT || this == ISSUER_SUBJECT;
    }

    static Optional<Attribute> named(String key) {
        return Arrays.stream(values())
                .filter(attribute -> attribute.key.equals(key))
                .findFirst();
    }

    /** Returns all names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Attribute::key).collect(Collectors.joining(", "));
    }
}
