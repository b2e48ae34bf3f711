/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.text.Placeholder;
import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.KeyMaterial;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.verdict.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parses a mapping of roles, and collects every problem so that the administrator can fix them in one go. Not thread-safe.
 *
 * <pre>{@code
 * ParsedRoles parsed = RoleMappingParser.parse("alice=admin,orders; partner-*=orders; 'Partner A'=orders");
 * }</pre>
 *
 * <p>A file has the syntax of {@link java.util.Properties}, with one assignment in a line. It is read more strictly, because an
 * unquoted blank would end the label there, and the last of two lines with the same label would win.
 *
 * @see RoleMapping
 */
public final class RoleMappingParser {

    private static final String EXPECTED = "expected assignments such as alice=admin,orders, separated by semicolons or"
            + " line breaks, with quotes around a label that has blanks; or file: and a path";

    private static final String EXPECTED_IN_FILE =
            "expected lines such as alice=admin,orders, with quotes around a label that has blanks";

    private final boolean file;
    private final List<RoleAssignment> assignments = new ArrayList<>();
    private final Map<Object, String> known = new HashMap<>();
    private final BoundedMessages problems = new BoundedMessages();

    /** Thrown for a malformed assignment, with the rest of the sentence that begins with its number or line. */
    private static final class BadAssignmentException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        BadAssignmentException(String problem) {
            super(null, null, false, false);
            this.problem = problem;
        }
    }

    private RoleMappingParser(boolean file) {
        this.file = file;
    }

    /** Parses assignments from the value of a setting. */
    public static ParsedRoles parse(String text) {
        RoleMappingParser parser = new RoleMappingParser(false);
        if (parser.isReadable(text)) {
            List<RoleText> parts = RoleText.ofSetting(text);
            for (int i = 0; i < parts.size(); i++) {
                parser.read(parts.get(i), "assignment " + (i + 1));
            }
        }
        return new ParsedRoles(parser.assignments, parser.problems.toList());
    }

    /** Parses assignments from the text of a properties file. */
    public static ParsedRoles parseFile(String text) {
        RoleMappingParser parser = new RoleMappingParser(true);
        if (parser.isReadable(text)) {
            for (RoleText line : RoleText.ofFile(text)) {
                parser.read(line, "line " + line.line());
            }
        }
        return new ParsedRoles(parser.assignments, parser.problems.toList());
    }

    private boolean isReadable(String text) {
        if (KeyMaterial.isIn(text)) {
            problems.add("the value looks like a PEM or DER file (not shown here in case it is a private key); "
                    + expected());
            return false;
        }
        return true;
    }

    private void read(RoleText text, String place) {
        try {
            if (text.hasBadEscape()) {
                throw new BadAssignmentException(
                        "has a backslash before a letter or digit, which a properties file drops;"
                                + " expected two backslashes for one");
            }
            String label = label(text);
            Set<String> roles = roles(text);
            RoleAssignment assignment = new RoleAssignment(label, roles, file ? place : SafeText.quoted(label));
            requireNew(label, label, place);
            if (assignment.digest().isPresent()) {
                requireNew(assignment.digest().get(), label, place);
            }
            assignments.add(assignment);
        } catch (BadAssignmentException e) {
            problems.add(place + " " + e.problem);
        }
    }

    private void requireNew(Object key, String label, String place) throws BadAssignmentException {
        String before = known.putIfAbsent(key, place);
        if (before != null) {
            throw new BadAssignmentException("has the label " + quoted(label) + " of " + before
                    + " again; expected one assignment for each label, such as alice=admin,orders");
        }
    }

    private String label(RoleText text) throws BadAssignmentException {
        boolean quoted = text.isQuoted();
        String label = quoted ? text.quoted() : text.untilSeparator();
        if (quoted && text.isAtEnd()) {
            throw new BadAssignmentException("has a quote that does not end, or nothing after it; " + expected());
        }
        if (!text.skipSeparator()) {
            String why = quoted ? "has text between the label and " : "has no ";
            throw new BadAssignmentException(shown(text) + why + "[=]; " + expected());
        }
        requireLabel(label, text.lacksQuotes());
        return label;
    }

    private void requireLabel(String label, boolean lacksQuotes) throws BadAssignmentException {
        if (label.isEmpty()) {
            throw new BadAssignmentException("has no label before [=]; " + expected());
        }
        if (!label.equals(label.strip())) {
            throw new BadAssignmentException("has a label with blanks at its ends, which no entry has; " + expected());
        }
        requireText("label", label);
        if (lacksQuotes) {
            throw new BadAssignmentException("has the label " + quoted(label)
                    + " without quotes around it, and with a blank, a quote or a separator in it; " + expected());
        }
    }

    private Set<String> roles(RoleText text) throws BadAssignmentException {
        Set<String> roles = new LinkedHashSet<>();
        for (String piece : text.rest().split(",", -1)) {
            String role = piece.strip();
            if (role.isEmpty()) {
                throw new BadAssignmentException("has an empty role; " + expected());
            }
            requireText("role", role);
            if (Identity.isReservedRole(role)) {
                throw new BadAssignmentException(
                        "has the role [" + role + "], which means every role or every user; " + expected());
            }
            if (role.chars().anyMatch(c -> " \"'=;".indexOf(c) >= 0)) {
                throw new BadAssignmentException(
                        "has the role " + quoted(role) + " with a blank, a quote, [=] or [;] in it; " + expected());
            }
            roles.add(role);
        }
        return roles;
    }

    /** Refuses text that looks like another one, so that it would match no entry and no role of the application. */
    private void requireText(String what, String text) throws BadAssignmentException {
        if (Placeholder.isIn(text)) {
            throw new BadAssignmentException(
                    "has the " + what + " " + quoted(text) + " with a placeholder that nothing has replaced");
        }
        for (int i = 0; i < text.length(); i++) {
            int c = text.codePointAt(i);
            if (c != ' ' && isInvisible(c)) {
                throw new BadAssignmentException("has a " + what + " with the invisible character "
                        + SafeText.codePoint(c) + " at its index " + i + "; expected a " + what + " without it");
            }
        }
    }

    private static boolean isInvisible(int c) {
        return Character.isISOControl(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT;
    }

    /** Shows a part of a setting; a word of a file may be a password, if the administrator has named the wrong file. */
    private String shown(RoleText text) {
        return file ? "" : SafeText.quoted(text.toString()) + " ";
    }

    private String quoted(String text) {
        return (file ? TextOrigin.STORE : TextOrigin.SETTING).quoted(text);
    }

    private String expected() {
        return file ? EXPECTED_IN_FILE : EXPECTED;
    }
}
