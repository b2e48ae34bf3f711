/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.cli.output.Json;
import io.github.thumbkeeper.cli.output.Table;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.GateMXBean;
import io.github.thumbkeeper.observe.RefusedClient;
import io.github.thumbkeeper.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the certificates that the gates of a running server have refused, or one of them in PEM. */
@Command(
        name = "refused",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  the last refused certificates of a Tomcat of the same user on this machine, by its process id",
            "    thumbkeeper refused 4711",
            "  of another machine, where JMX listens",
            "    thumbkeeper refused --user monitor --password-file secret.txt tomcat.example.org:9010",
            "  save one of them, to admit it",
            "    thumbkeeper refused 4711 --pem sha256:9f86d0 > conf/clients/alice.pem",
            ""
        },
        description = "Prints the certificates that a running server has refused last, by JMX.")
final class RefusedCommand extends ToolCommand {

    @Parameters(paramLabel = "SERVER", description = "the id of a process, HOST:PORT of JMX, or a service:jmx: URL")
    private String server = "";

    @Option(names = "--gate", paramLabel = "TEXT", description = "only gates whose name contains this text")
    private String gate = "";

    @Option(
            names = "--pem",
            paramLabel = "THUMBPRINT",
            description = "print the certificate whose thumbprint begins like this")
    private @Nullable String pem;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Option(names = "--user", paramLabel = "NAME", description = "the user name for JMX")
    private @Nullable String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "its first line is the password of --user")
    private @Nullable String passwordFile;

    RefusedCommand(Console console) {
        super(console);
    }

    /** A refused certificate and the name of its gate. */
    private record Refused(String gate, RefusedClient client) {}

    @Override
    int run() throws UsageException {
        if (json && pem != null) {
            throw UsageException.of("--json", "cannot be combined with --pem");
        }
        if ((user == null) != (passwordFile == null)) {
            throw UsageException.of("--user", "and [--password-file] are expected together");
        }
        try {
            List<Refused> refused = refused();
            return pem == null ? print(refused) : printPem(refused, pem);
        } catch (StoreException | IOException e) {
            console().problem(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            console()
                    .problem(
                            "this Java runtime cannot ask a server by JMX; expected a JDK with the modules java.management.rmi"
                                    + " and, for a process id, jdk.attach");
        }
        return REFUSED;
    }

    private List<Refused> refused() throws UsageException, StoreException, IOException {
        List<Refused> refused = new ArrayList<>();
        try (RunningGates running = RunningGates.of(server, credentials())) {
            if (running.gates().isEmpty()) {
                throw new IOException("server " + SafeText.quoted(server) + " has no gate");
            }
            for (GateMXBean each : running.gates()) {
                String name = each.getName();
                if (name.contains(gate)) {
                    each.recentlyRefused().forEach(client -> refused.add(new Refused(name, client)));
                }
            }
        }
        return refused;
    }

    private String @Nullable [] credentials() throws StoreException {
        if (user == null) {
            return null;
        }
        char[] chars = StoreContents.password("--password-file", passwordFile).chars();
        if (chars == null) {
            return null;
        }
        return new String[] {user, new String(chars)};
    }

    private int print(List<Refused> refused) {
        if (json) {
            console()
                    .out()
                    .print(Json.text(refused.stream().map(RefusedCommand::json).toList()));
            return DONE;
        }
        Table table = new Table("last seen", "count", "code", "thumbprint", "subject", "peer", "gate");
        for (Refused each : refused) {
            RefusedClient client = each.client();
            table.add(
                    SafeText.text(client.getLastSeen()),
                    String.valueOf(client.getCount()),
                    SafeText.text(client.getCode()),
                    SafeText.text(client.getThumbprint()),
                    SafeText.sentence(client.getSubject()),
                    SafeText.text(client.getPeer()),
                    SafeText.text(each.gate()));
        }
        console().out().print(table.aligned());
        return DONE;
    }

    private static Map<String, @Nullable Object> json(Refused refused) {
        RefusedClient client = refused.client();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("gate", refused.gate());
        json.put("thumbprint", client.getThumbprint());
        json.put("subject", client.getSubject());
        json.put("issuer", client.getIssuer());
        json.put("notBefore", client.getNotBefore());
        json.put("notAfter", client.getNotAfter());
        json.put("code", client.getCode());
        json.put("reason", client.getReason());
        json.put("firstSeen", client.getFirstSeen());
        json.put("lastSeen", client.getLastSeen());
        json.put("count", client.getCount());
        json.put("peer", client.getPeer());
        json.put("lineToPaste", client.getLineToPaste());
        return json;
    }

    private int printPem(List<Refused> refused, String thumbprint) {
        List<RefusedClient> found = refused.stream()
                .map(Refused::client)
                .filter(client -> client.getThumbprint().startsWith(thumbprint))
                .toList();
        long different =
                found.stream().map(RefusedClient::getThumbprint).distinct().count();
        if (different != 1) {
            return noPem(
                    thumbprint,
                    different == 0
                            ? "is not among the last refused certificates"
                            : "is the beginning of " + different + " thumbprints; expected more digits");
        }
        RefusedClient client = found.get(0);
        if (client.getPem().isEmpty()) {
            return noPem(thumbprint, "is a certificate too large to be kept");
        }
        // It is saved to be admitted, so it must be the one that was asked for.
        if (!client.getThumbprint().equals(thumbprintOf(client.getPem()))) {
            return noPem(thumbprint, "came with a certificate that has another thumbprint");
        }
        console().out().print(client.getPem());
        return DONE;
    }

    private int noPem(String thumbprint, String why) {
        console().problem("--pem " + SafeText.quoted(thumbprint) + " " + why);
        return REFUSED;
    }

    private static @Nullable String thumbprintOf(String pem) {
        try {
            byte[] der = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .getEncoded();
            return Thumbprint.ofDigest(DigestAlgorithm.SHA256, DigestAlgorithm.SHA256.digest(der))
                    .toString();
        } catch (CertificateException e) {
            return null;
        }
    }
}
