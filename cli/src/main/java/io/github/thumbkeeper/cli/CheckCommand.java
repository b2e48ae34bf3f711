/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.cli.output.Json;
import io.github.thumbkeeper.cli.tomcat.GateSite;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports everything that a start of the configured gates would report, and what ends soon. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  everything in a Tomcat: every gate, every connector, every application",
            "    thumbkeeper check /opt/tomcat",
            "  one file",
            "    thumbkeeper check conf/server.xml",
            "  with a property that Tomcat gets by -D",
            "    java -Dstores=/etc/stores -jar thumbkeeper-valve.jar check /opt/tomcat",
            "  for a script, before a restart",
            "    thumbkeeper check --json /opt/tomcat || echo 'do not restart'",
            ""
        },
        description = {
            "Reports everything that a start would report, and what ends within 30 days.",
            "SETTINGS is a properties file, server.xml, context.xml, web.xml, or the base folder of a Tomcat"
                    + " (CATALINA_BASE). Relative paths in it are relative to the base folder."
        })
final class CheckCommand extends ToolCommand {

    @Parameters(paramLabel = "SETTINGS", arity = "0..1", description = "a file, or the base folder of a Tomcat")
    private String settings = "";

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    CheckCommand(Console console) {
        super(console);
    }

    @Override
    @SuppressWarnings("try") // the progress ends with the step
    int run() throws UsageException {
        if (settings.isEmpty()) {
            throw new UsageException("check needs SETTINGS; " + ConfiguredGates.EXPECTED);
        }
        List<Finding> findings = new ArrayList<>();
        try (Progress progress = Progress.of(console(), "checking")) {
            ConfiguredGates configured = ConfiguredGates.read(settings);
            findings.addAll(configured.findings());
            for (GateSite site : configured.gates()) {
                findings.addAll(CheckedGate.open(site, Runnable::run).findings());
            }
        }
        print(findings);
        return findings.stream().allMatch(each -> each.level() == Finding.Level.INFO) ? DONE : REFUSED;
    }

    private void print(List<Finding> findings) {
        if (json) {
            console()
                    .out()
                    .print(Json.text(findings.stream().map(CheckCommand::json).toList()));
            return;
        }
        for (Finding each : findings) {
            console().out().println(word(each.level()) + "  " + each.place() + ": " + each.text());
        }
    }

    private String word(Finding.Level level) {
        return switch (level) {
            case ERROR -> console().bad("ERROR  ");
            case WARNING -> console().doubtful("WARNING");
            case INFO -> console().good("OK     ");
        };
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("level", finding.level().toString());
        json.put("place", finding.place());
        json.put("code", finding.code());
        json.put("text", finding.text());
        return json;
    }
}
