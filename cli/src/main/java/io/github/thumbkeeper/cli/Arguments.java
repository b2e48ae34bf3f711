/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command, separated into operands, options and flags.
 *
 * @param operands the arguments that are neither an option nor its value
 * @param options the value of each option that takes one
 * @param flags the options without a value
 */
record Arguments(List<String> operands, Map<String, String> options, Set<String> flags) {

    /** Parses arguments; {@code --} ends the options. */
    static Arguments parse(List<String> args, Set<String> options, Set<String> flags) throws UsageException {
        Arguments parsed = new Arguments(new ArrayList<>(), new HashMap<>(), new HashSet<>());
        for (int i = 0; i < args.size(); i++) {
            String arg = args.get(i);
            if (arg.equals("--")) {
                parsed.operands.addAll(args.subList(i + 1, args.size()));
                break;
            }
            int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
            String name = equals < 0 ? arg : arg.substring(0, equals);
            if (!arg.startsWith("-")) {
                parsed.operands.add(arg);
            } else if (flags.contains(arg)) {
                parsed.flags.add(arg);
            } else if (!options.contains(name)) {
                throw UsageException.of(name, "is not an option of this command");
            } else if (equals >= 0) {
                parsed.put(name, arg.substring(equals + 1));
            } else if (++i < args.size()) {
                parsed.put(name, args.get(i));
            } else {
                throw UsageException.of(name, "needs a value");
            }
        }
        return parsed;
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    private void put(String option, String value) throws UsageException {
        if (options.put(option, value) != null) {
            throw UsageException.of(option, "is given twice");
        }
    }
}
