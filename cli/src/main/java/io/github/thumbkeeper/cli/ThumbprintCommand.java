/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CertificateFile;
import io.github.thumbkeeper.store.file.KeyStoreOptions;
import io.github.thumbkeeper.store.file.StorePassword;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints thumbprints, or public key pins, of the certificates in files. */
final class ThumbprintCommand implements Command {

    private static final String ALGORITHM = "--algorithm";
    private static final String PIN = "--pin";
    private static final String PASSWORD_FILE = "--password-file";

    /** A certificate and the file that contains it. */
    private record Found(String file, NamedCertificate listed) {}

    @Override
    public int run(List<String> args, PrintStream out, PrintStream err) throws UsageException {
        Arguments arguments = Arguments.parse(args, Set.of(ALGORITHM, PASSWORD_FILE), Set.of(PIN));
        if (arguments.operands().isEmpty()) {
            throw new UsageException("thumbprint needs a file: PEM, DER, a key store, or a directory of PEM and DER");
        }
        DigestAlgorithm algorithm = algorithm(arguments);
        List<String> problems = new ArrayList<>();
        List<Found> found = findAll(arguments, problems, err);
        print(found, algorithm, arguments.operands().size() > 1 || found.size() > 1, out, problems);
        problems.forEach(problem -> err.println("thumbkeeper: " + problem));
        if (algorithm == DigestAlgorithm.SHA1) {
            err.println("hint: use SHA-1 only for existing lists; the default is sha256");
        }
        return problems.isEmpty() ? DONE : REFUSED;
    }

    /** Returns the algorithm, or null for public key pins. */
    private static @Nullable DigestAlgorithm algorithm(Arguments arguments) throws UsageException {
        String name = arguments.option(ALGORITHM);
        if (arguments.has(PIN)) {
            if (name != null) {
                throw UsageException.of(PIN, "cannot be combined with " + ALGORITHM + ": a pin is always SHA-256");
            }
            return null;
        }
        if (name == null) {
            return DigestAlgorithm.SHA256;
        }
        return Arrays.stream(DigestAlgorithm.values())
                .filter(algorithm -> algorithm.prefix().equals(name))
                .findFirst()
                .orElseThrow(() -> UsageException.of(
                        name,
                        "is not an algorithm; expected "
                                + Arrays.stream(DigestAlgorithm.values())
                                        .map(DigestAlgorithm::prefix)
                                        .collect(Collectors.joining(", "))));
    }

    private static List<Found> findAll(Arguments arguments, List<String> problems, PrintStream err) {
        List<Found> found = new ArrayList<>();
        for (String file : arguments.operands()) {
            try {
                Loaded<List<NamedCertificate>> loaded = CertificateFile.at(file, Path.of(file), options(arguments))
                        .load(null);
                loaded.warnings().forEach(warning -> err.println("warning: " + warning));
                loaded.failures().forEach(failure -> problems.add(String.valueOf(failure.getMessage())));
                loaded.value().forEach(listed -> found.add(new Found(file, listed)));
            } catch (StoreException | InvalidPathException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    private static KeyStoreOptions options(Arguments arguments) throws StoreException {
        return new KeyStoreOptions(password(arguments), false);
    }

    private static StorePassword password(Arguments arguments) throws StoreException {
        String file = arguments.option(PASSWORD_FILE);
        return file == null
                ? StorePassword.of(PASSWORD_FILE, null)
                : StorePassword.readFrom(PASSWORD_FILE, Path.of(file));
    }

    private static void print(
            List<Found> found,
            @Nullable DigestAlgorithm algorithm,
            boolean inColumns,
            PrintStream out,
            List<String> problems) {
        for (Found one : found) {
            try {
                CertificateDigest digest = digest(one.listed(), algorithm);
                out.println(inColumns ? digest + "  " + label(one) + "  " + one.file() : digest.toString());
            } catch (CertificateEncodingException e) {
                problems.add("store [" + one.file() + "] holds a certificate that cannot give its DER form");
            }
        }
    }

    private static CertificateDigest digest(NamedCertificate listed, @Nullable DigestAlgorithm algorithm)
            throws CertificateEncodingException {
        return algorithm == null
                ? PublicKeyPin.of(listed.certificate())
                : Thumbprint.of(listed.certificate(), algorithm);
    }

    private static String label(Found one) {
        String label = one.listed().label();
        return label == null ? "-" : SafeText.text(label);
    }
}
