/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.ReloadingRoles;
import io.github.thumbkeeper.allowlist.ParsedRoles;
import io.github.thumbkeeper.allowlist.RoleAssignment;
import io.github.thumbkeeper.allowlist.RoleMapping;
import io.github.thumbkeeper.allowlist.RoleMappingParser;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.TextFile;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Reads the setting that contains roles by label, or names their file. */
final class RoleSettings {

    private static final String FILE = "file:";

    private final SettingValues values;
    private final ContainerResources resources;

    /** Makes the mapping when the gate is opened. */
    @FunctionalInterface
    interface Source {
        ReloadingRoles open(InstantSource clock, LongSupplier ticker);
    }

    RoleSettings(SettingValues values, ContainerResources resources) {
        this.values = values;
        this.resources = resources;
    }

    Source read() {
        String text = values.text(Setting.ROLE_MAPPING);
        if (text == null) {
            return (clock, ticker) -> ReloadingRoles.of(RoleMapping.NONE);
        }
        return text.startsWith(FILE) ? file(text) : inline(text);
    }

    private Source inline(String text) {
        ParsedRoles parsed = RoleMappingParser.parse(text);
        parsed.problems().forEach(problem -> values.problem(Setting.ROLE_MAPPING, problem));
        if (parsed.assignments().isEmpty() && parsed.problems().isEmpty()) {
            values.problem(
                    Setting.ROLE_MAPPING,
                    "the value contains no roles; expected at least one, or leave the setting out");
        }
        RoleMapping mapping = new RoleMapping(parsed.assignments());
        return (clock, ticker) -> ReloadingRoles.of(mapping);
    }

    private Source file(String location) {
        try {
            Path path = resources.file(location.substring(FILE.length()));
            TextFile<List<RoleAssignment>> file =
                    new TextFile<>(location, path, (text, previous, told) -> parseFile(location, text, told));
            return (clock, ticker) -> ReloadingRoles.of(file, clock, ticker);
        } catch (StoreException | RuntimeException e) {
            values.problem(
                    Setting.ROLE_MAPPING,
                    SettingValues.why(location, e) + "; expected labels with roles, or file: and a path");
            return (clock, ticker) -> ReloadingRoles.of(RoleMapping.NONE);
        }
    }

    /** A file without any roles is obeyed: an administrator who removes the last one expects that the role is gone. */
    private static List<RoleAssignment> parseFile(String location, String text, Consumer<String> told)
            throws StoreException {
        if (isCutOff(text)) {
            throw new StoreException(
                    location, "may be cut off; expected a file whose last line ends with a line break", null);
        }
        ParsedRoles parsed = RoleMappingParser.parseFile(text);
        if (!parsed.problems().isEmpty()) {
            throw new StoreException(location, "has bad roles: " + String.join("; ", parsed.problems()), null);
        }
        if (parsed.assignments().isEmpty()) {
            told.accept("contains no roles, so it adds none");
        }
        return parsed.assignments();
    }

    /** A role that lost its last letters is another role, perhaps a mightier one. */
    private static boolean isCutOff(String text) {
        return !text.isEmpty() && "\n\r".indexOf(text.charAt(text.length() - 1)) < 0;
    }
}
