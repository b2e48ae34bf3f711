/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.trust.revocation.Crl;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import io.github.thumbkeeper.trust.revocation.RevocationStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Runs NIST's Public Key Interoperability Test Suite, which is in the public domain, from the Debian package
 * {@code python3-cryptography-vectors}. The name of each end entity contains the expected result. Those of section 4.8 without a
 * result in their name are valid if no policy is required, unless their path demands a policy and has none in common.
 */
@NeedsProgram
class PkitsTest {

    private static final Set<String> WITHOUT_COMMON_POLICY = Set.of(
            "DifferentPoliciesTest4",
            "DifferentPoliciesTest5",
            "DifferentPoliciesTest7",
            "DifferentPoliciesTest8",
            "DifferentPoliciesTest9",
            "DifferentPoliciesTest12");
    private static final Path PAGE = Path.of("../docs/trust.md");
    private static final Instant NOW = Instant.parse("2020-06-15T12:00:00Z");

    private static final List<X509Certificate> AUTHORITIES = new ArrayList<>();
    private static final List<X509CRL> LISTS = new ArrayList<>();
    private static Path data;
    private static X509Certificate root;

    @BeforeAll
    static void readAll() throws IOException {
        data = OutsideProgram.PKITS.folder();
        root = certificate(data.resolve("certs/TrustAnchorRootCertificate.crt"));
        for (Path file : files("certs", "Cert.crt")) {
            AUTHORITIES.add(certificate(file));
        }
        for (Path file : files("crls", ".crl")) {
            try {
                LISTS.addAll(CrlReader.readAll(Files.readAllBytes(file)));
            } catch (CertificateFormatException e) {
                throw new AssertionError(file.toString(), e);
            }
        }
    }

    @Test
    @DisplayName("no invalid certificate passes that the JDK would stop, and the page names every difference")
    void decidesAtLeastAsWellAsTheJdk() throws IOException {
        Set<String> worse = new TreeSet<>();
        Set<String> better = new TreeSet<>();
        Set<String> stricter = new TreeSet<>();
        Set<String> wronglyAdmitted = new TreeSet<>();
        Set<String> wronglyRefused = new TreeSet<>();
        List<Path> ends = files("certs", "EE.crt");
        for (Path end : ends) {
            String name = end.getFileName().toString().replace("EE.crt", "");
            boolean valid = !name.startsWith("Invalid") && !WITHOUT_COMMON_POLICY.contains(name);
            boolean ours = accepts(certificate(end));
            boolean jdk = jdkAccepts(certificate(end));
            note(ours && !jdk && !valid, name, worse);
            note(!ours && jdk && !valid, name, better);
            note(!ours && jdk && valid, name, stricter);
            note(ours && !valid, name, wronglyAdmitted);
            note(!ours && valid, name, wronglyRefused);
        }
        System.out.println("PKITS: " + ends.size() + " end entities; invalid ones admitted: " + wronglyAdmitted
                + "; valid ones refused: " + wronglyRefused + "; of these the JDK admits: " + stricter
                + "; invalid ones that only the JDK admits: " + better);

        assertThat(ends).hasSizeGreaterThan(200);
        assertThat(worse).isEmpty();
        assertThat(wronglyAdmitted).isEmpty();
        assertThat(namedOnThePage()).isEqualTo(wronglyRefused);
    }

    private static Set<String> namedOnThePage() throws IOException {
        return Pattern.compile("`(\\w+Test\\d+)`")
                .matcher(Files.readString(PAGE))
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void note(boolean holds, String name, Collection<String> names) {
        if (holds) {
            names.add(name);
        }
    }

    private static boolean accepts(X509Certificate end) {
        List<TrustedCertificates.Labelled> trusted =
                new ArrayList<>(List.of(new TrustedCertificates.Labelled("root", root)));
        AUTHORITIES.forEach(authority -> trusted.add(new TrustedCertificates.Labelled(null, authority)));
        ValidityDates dates = new ValidityDates(true, true, Duration.ZERO);
        TrustResult result =
                new PathCheck(new TrustedCertificates(trusted), dates, Set.of()).verify(end, List.of(), NOW);
        boolean inForce =
                dates.check(end.getNotBefore().getTime(), end.getNotAfter().getTime(), NOW.toEpochMilli()) == null;
        return result instanceof VerifiedPath path && inForce && isNotRevoked(path);
    }

    private static boolean isNotRevoked(VerifiedPath path) {
        List<Crl> lists = LISTS.stream().map(Crl::new).toList();
        return new RevocationCheck(lists, null).check(path, NOW) == RevocationStatus.GOOD;
    }

    private static boolean jdkAccepts(X509Certificate end) {
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.setCertificate(end);
            PKIXBuilderParameters rules = new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), selector);
            List<Object> all = new ArrayList<>(AUTHORITIES);
            all.addAll(LISTS);
            all.add(end);
            rules.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(all)));
            rules.setDate(Date.from(NOW));
            rules.setMaxPathLength(6);
            CertPathBuilder.getInstance("PKIX").build(rules);
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(data.resolve(folder))) {
            return all.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static X509Certificate certificate(Path file) throws IOException {
        try {
            return CertificateReader.readOne(Files.readAllBytes(file));
        } catch (CertificateFormatException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
