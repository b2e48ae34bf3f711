/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The context parameters of the console.
 *
 * <p>{@code admins} names the store with the certificates of the administrators, {@code list} the folder that the console shows
 * and changes. {@code gate.NAME} gives the console's own gate a further setting of the filter, such as {@code
 * gate.certificateHeader}; only settings that cannot admit other certificates are taken.
 *
 * <p>Immutable and thread-safe.
 */
final class ConsoleSettings {

    static final String ADMINS = "admins";
    static final String LIST = "list";
    private static final String GATE = "gate.";

    /**
     * Settings of a gate that admit only the listed certificates of {@code admins}, and give them only the listed roles: how that
     * store is read, what is refused in addition, where the certificate comes from, and the words of a refusal. A new setting is
     * refused until it has been added here.
     */
    private static final Set<String> ALLOWED = Set.of(
            "storePassword",
            "storePasswordFile",
            "storeFilter",
            "sqlTable",
            "sqlQuery",
            "sqlChangeQuery",
            "sqlTimeout",
            "maxShrinkPercent",
            "ldapBase",
            "ldapFilter",
            "ldapCertificateAttribute",
            "ldapLabelAttribute",
            "ldapRolesAttribute",
            "ldapPageSize",
            "ldapTimeout",
            "ldapChangeAttribute",
            "ldapStartTls",
            "expiryWarning",
            "refreshInterval",
            "maxStaleness",
            "deny",
            "minimumKeySize",
            "allowedSignatureAlgorithms",
            "keyUsage",
            "extendedKeyUsage",
            "certificatePolicies",
            "validateTrust",
            "trustStore",
            "trustStorePassword",
            "trustStorePasswordFile",
            "validateRevocation",
            "crl",
            "ocsp",
            "crlDistributionPoints",
            "revocationTimeout",
            "certificateHeader",
            "trustedProxies",
            "trustedProxyThumbprints",
            "trustedProxiesByRemoteAddr",
            "proxyHops",
            "proxyVerifyHeader",
            "proxyVerifyValue",
            "denyStatus",
            "reason",
            "challenge",
            "tellReason");

    private final Map<String, String> gate;

    private ConsoleSettings(Map<String, String> gate) {
        this.gate = Map.copyOf(gate);
    }

    /**
     * Reads the parameters of an application.
     *
     * @throws ServletException if there are no administrators, or a parameter is unknown or would open the console
     */
    static ConsoleSettings of(ServletContext context) throws ServletException {
        List<String> problems = new ArrayList<>();
        Map<String, String> gate = new TreeMap<>();
        for (String name : Collections.list(context.getInitParameterNames())) {
            if (name.startsWith(GATE)) {
                String setting = name.substring(GATE.length());
                if (ALLOWED.contains(setting)) {
                    gate.put(setting, context.getInitParameter(name));
                } else {
                    problems.add(
                            name + ": cannot be set; the console takes only settings that admit no certificate but the"
                                    + " certificates listed in admins, with the roles listed there");
                }
            }
        }
        String admins = context.getInitParameter(ADMINS);
        if (admins == null || admins.isBlank()) {
            problems.add(ADMINS + ": is not set; expected the store with the certificates of the administrators, whose"
                    + " roles are viewer or editor");
        } else {
            gate.put("store", admins);
        }
        if (!problems.isEmpty()) {
            throw new ServletException("TK-430 the console does not start: " + String.join("; ", problems));
        }
        return new ConsoleSettings(gate);
    }

    /** Returns the settings of the console's own gate. */
    Map<String, String> gate() {
        return gate;
    }
}
