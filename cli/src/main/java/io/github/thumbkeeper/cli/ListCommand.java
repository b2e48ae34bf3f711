/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.cli.output.Json;
import io.github.thumbkeeper.cli.output.Table;
import io.github.thumbkeeper.store.StoreException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the entries of stores as a table. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  the certificates of a folder, with what is wrong with them",
            "    thumbkeeper list /etc/clients",
            "  of a key store, for a spreadsheet",
            "    thumbkeeper list --csv --password-file secret.txt clients.p12",
            "  of a thumbprint list, for a script",
            "    thumbkeeper list --json partners.list | jq '.[].label'",
            ""
        },
        description = "Prints the entries of stores: label, thumbprint, subject, end, roles and remarks.")
final class ListCommand extends ToolCommand {

    @Parameters(paramLabel = "STORE", arity = "0..*", description = "a file or folder, as in the setting store, or -")
    private List<String> stores = new ArrayList<>();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Option(names = "--csv", description = "print CSV (RFC 4180)")
    private boolean csv;

    @Option(names = "--password-file", paramLabel = "FILE", description = "its first line opens the key stores")
    private @Nullable String passwordFile;

    ListCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws UsageException {
        if (stores.isEmpty()) {
            throw new UsageException("list needs a store: a file, a folder or -");
        }
        if (json && csv) {
            throw UsageException.of("--json", "cannot be combined with --csv");
        }
        StoreContents contents;
        try {
            contents = new StoreContents(console(), StoreContents.password("--password-file", passwordFile));
        } catch (StoreException e) {
            console().problem(String.valueOf(e.getMessage()));
            return REFUSED;
        }
        stores.forEach(contents::read);
        console().out().print(text(contents.items()));
        contents.warnings().forEach(warning -> console().err().println("warning: " + warning));
        contents.problems().forEach(console()::problem);
        return contents.problems().isEmpty() ? DONE : REFUSED;
    }

    private String text(List<StoreItem> items) {
        Instant now = Instant.now();
        if (json) {
            return Json.text(items.stream().map(item -> json(item, now)).toList());
        }
        Table table = new Table("label", "thumbprint", "subject", "ends", "roles", "remarks");
        for (StoreItem item : items) {
            table.add(
                    item.label(),
                    item.digest().toString(),
                    subject(item.certificate()),
                    ends(item),
                    item.entry().roles().stream().sorted().collect(Collectors.joining(" ")),
                    String.join("; ", Remarks.on(item, now)));
        }
        return csv ? table.csv() : table.aligned();
    }

    private static Map<String, @Nullable Object> json(StoreItem item, Instant now) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(CertificateJson.of(item));
        json.put("remarks", Remarks.on(item, now));
        return json;
    }

    private static String subject(@Nullable X509Certificate certificate) {
        return certificate == null ? "" : DistinguishedNames.subjectOf(certificate);
    }

    /** Returns the end of the entry or of the certificate, whichever is first. */
    private static String ends(StoreItem item) {
        Entry entry = item.entry();
        X509Certificate certificate = item.certificate();
        Instant end = certificate == null ? null : certificate.getNotAfter().toInstant();
        Instant until = entry.until();
        Instant first = end == null || (until != null && until.isBefore(end)) ? until : end;
        return first == null ? "" : first.toString();
    }
}
