/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.cli.output.Json;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints thumbprints, or public key pins, of the certificates in files, and of servers. */
@Command(
        name = "thumbprint",
        mixinStandardHelpOptions = true,
        headerHeading = "Examples%n",
        header = {
            "  the thumbprint to paste into the settings",
            "    thumbkeeper thumbprint alice.pem",
            "  of every certificate in a folder, with its label",
            "    thumbkeeper thumbprint /etc/clients",
            "  of a key store; the password is the first line of a file",
            "    thumbkeeper thumbprint --password-file secret.txt clients.p12",
            "  the pin of the public key, which survives a renewal with the same key",
            "    thumbkeeper thumbprint --pin alice.pem",
            "  as OpenSSL and keytool print it",
            "    thumbkeeper thumbprint --format colon --algorithm sha1 alice.pem",
            "  what another program prints",
            "    openssl pkcs12 -in alice.p12 -nokeys | thumbkeeper thumbprint -",
            "  the chain of a server, and which client authorities it asks for",
            "    thumbkeeper thumbprint api.example.com:443",
            ""
        },
        description = {
            "Prints the thumbprints of the certificates in files, folders and key stores, or of a server.",
            "One certificate gives one line; more give columns: thumbprint, label, source."
        })
final class ThumbprintCommand extends ToolCommand {

    private static final String ALGORITHM = "--algorithm";
    private static final String FORMAT = "--format";
    private static final String PIN = "--pin";
    private static final String PASSWORD_FILE = "--password-file";

    @Parameters(
            paramLabel = "FILE|-|HOST:PORT",
            arity = "0..*",
            description =
                    "PEM, DER, a key store, a thumbprint list, a folder of them, - for the standard input, or a server")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = FORMAT,
            paramLabel = "FORMAT",
            description = "hex (the default), colon, base64url, pin, x5t or json")
    private @Nullable String formatName;

    @Option(names = ALGORITHM, paramLabel = "NAME", description = "sha256 (the default), sha1, sha384 or sha512")
    private @Nullable String algorithmName;

    @Option(names = PIN, description = "short for --format pin")
    private boolean pin;

    @Option(names = PASSWORD_FILE, paramLabel = "FILE", description = "its first line opens the key stores")
    private @Nullable String passwordFile;

    private final List<String> problems = new ArrayList<>();

    ThumbprintCommand(Console console) {
        super(console);
    }

    @Override
    int run() throws UsageException {
        if (sources.isEmpty()) {
            throw new UsageException("thumbprint needs a file: PEM, DER, a key store, a folder, - or HOST:PORT");
        }
        ThumbprintFormat format = format();
        DigestAlgorithm algorithm = algorithm(format);
        List<StoreItem> found = findAll();
        if (format == ThumbprintFormat.JSON) {
            console()
                    .out()
                    .print(Json.text(found.stream().map(CertificateJson::of).toList()));
        } else {
            print(found, format, algorithm);
        }
        problems.forEach(console()::problem);
        if (algorithm == DigestAlgorithm.SHA1) {
            console().hint("use SHA-1 only for existing lists; the default is sha256");
        }
        return problems.isEmpty() ? DONE : REFUSED;
    }

    private ThumbprintFormat format() throws UsageException {
        if (!pin) {
            return formatName == null ? ThumbprintFormat.HEX : ThumbprintFormat.named(formatName);
        }
        if (formatName != null) {
            throw UsageException.of(PIN, "cannot be combined with " + FORMAT + ": it is one of the formats");
        }
        return ThumbprintFormat.PIN;
    }

    private DigestAlgorithm algorithm(ThumbprintFormat format) throws UsageException {
        String name = algorithmName;
        if (name == null) {
            return DigestAlgorithm.SHA256;
        }
        if (format == ThumbprintFormat.PIN) {
            throw UsageException.of(PIN, "cannot be combined with " + ALGORITHM + ": a pin is always SHA-256");
        }
        DigestAlgorithm algorithm = Arrays.stream(DigestAlgorithm.values())
                .filter(each -> each.prefix().equals(name))
                .findFirst()
                .orElseThrow(() -> UsageException.of(
                        name,
                        "is not an algorithm; expected "
                                + Arrays.stream(DigestAlgorithm.values())
                                        .map(DigestAlgorithm::prefix)
                                        .collect(Collectors.joining(", "))));
        if (format == ThumbprintFormat.X5T && algorithm.length() > DigestAlgorithm.SHA256.length()) {
            throw UsageException.of(name, "has no form x5t; expected sha256 or sha1");
        }
        return algorithm;
    }

    private List<StoreItem> findAll() {
        List<StoreItem> found = new ArrayList<>();
        StoreContents contents;
        try {
            contents = new StoreContents(console(), StoreContents.password(PASSWORD_FILE, passwordFile));
        } catch (StoreException e) {
            problems.add(String.valueOf(e.getMessage()));
            return found;
        }
        for (String source : sources) {
            Optional<ServerAddress> server = ServerAddress.of(source);
            if (server.isPresent()) {
                found.addAll(ask(server.get()));
            } else {
                int before = contents.items().size();
                contents.read(source);
                found.addAll(contents.items().subList(before, contents.items().size()));
            }
        }
        contents.warnings().forEach(warning -> console().err().println("warning: " + warning));
        problems.addAll(contents.problems());
        return found;
    }

    @SuppressWarnings("try") // the progress ends with the step
    private List<StoreItem> ask(ServerAddress server) {
        try (Progress progress = Progress.of(console(), "connecting to " + server)) {
            ServerHandshake handshake = ServerHandshake.with(server);
            handshake.remarks().forEach(console()::hint);
            List<StoreItem> items = new ArrayList<>();
            for (X509Certificate each : handshake.chain()) {
                items.add(handshake.item(server.toString(), each));
            }
            return items;
        } catch (ServerHandshake.FailedException | CertificateEncodingException e) {
            problems.add("server [" + server + "] " + e.getMessage());
            return List.of();
        }
    }

    private void print(List<StoreItem> found, ThumbprintFormat format, DigestAlgorithm algorithm) {
        boolean inColumns = sources.size() > 1 || found.size() > 1;
        for (StoreItem one : found) {
            try {
                String text = text(one, format, algorithm);
                console()
                        .out()
                        .println(inColumns ? text + "  " + one.label() + "  " + SafeText.text(one.source()) : text);
            } catch (CertificateEncodingException e) {
                problems.add("store " + SafeText.quoted(one.source())
                        + " holds a certificate that cannot give its DER form");
            } catch (UsageException e) {
                problems.add("store " + SafeText.quoted(one.source()) + " " + e.getMessage());
            }
        }
    }

    private static String text(StoreItem item, ThumbprintFormat format, DigestAlgorithm algorithm)
            throws CertificateEncodingException, UsageException {
        X509Certificate certificate = item.certificate();
        if (format == ThumbprintFormat.PIN) {
            if (certificate != null) {
                return PublicKeyPin.of(certificate).toString();
            }
            if (item.digest() instanceof PublicKeyPin known) {
                return known.toString();
            }
            throw new UsageException("has only the thumbprint of [" + item.label() + "], not its public key");
        }
        CertificateDigest digest = certificate == null ? item.digest() : Thumbprint.of(certificate, algorithm);
        if (digest instanceof Thumbprint thumbprint && thumbprint.algorithm() == algorithm) {
            return format.text(thumbprint);
        }
        throw new UsageException(
                "has [" + item.label() + "] as " + digest + ", which cannot be converted to " + algorithm.prefix());
    }
}
