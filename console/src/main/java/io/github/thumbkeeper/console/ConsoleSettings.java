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
 * gate.certificateHeader}; settings that would let a request pass without a listed certificate are refused.
 *
 * <p>Immutable and thread-safe.
 */
final class ConsoleSettings {

    static final String ADMINS = "admins";
    static final String LIST = "list";
    private static final String GATE = "gate.";

    /** Settings of a gate that let a request pass without admission, or give the principal another name than the label. */
    private static final Set<String> FIXED = Set.of(
            "mode",
            "noCertificate",
            "exclude",
            "corsPreflight",
            "existingPrincipal",
            "principal",
            "store",
            "thumbprints",
            "publicKeyPins",
            "settingsFile",
            "errorFormat");

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
                if (FIXED.contains(setting)) {
                    problems.add(name + ": cannot be set; the console admits only listed certificates of admins");
                } else {
                    gate.put(setting, context.getInitParameter(name));
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
