/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.revocation.OcspRequest;
import io.github.thumbkeeper.certificate.revocation.RevocationEndpoints;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.trust.revocation.SingleFlightCache.Answer;
import io.github.thumbkeeper.trust.revocation.SingleFlightCache.Found;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the OCSP responders and fetches the CRLs that certificates name. Use it only for certificates of a verified path: in any
 * other certificate, a stranger chooses the addresses that this machine connects to (CVE-2023-28857).
 *
 * <p>Answers are cached for as long as they are valid, failures for {@value #RETRY_SECONDS} seconds. Thread-safe.
 */
public final class OnlineRevocation {

    static final long RETRY_SECONDS = 10;

    private static final int MAX_RESPONSE_BYTES = 64 << 10;
    private static final int MAX_CRL_BYTES = 8 << 20;
    private static final int MAX_CACHED_RESPONSES = 4096;
    private static final int MAX_CACHED_CRLS = 32;

    private final boolean ocsp;
    private final boolean points;
    private final Duration budget;
    private final HttpFetcher fetcher;
    private final SingleFlightCache<Question, RevocationEvidence> answers;
    private final SingleFlightCache<Place, Fetched> lists;
    private final Executor executor;
    private final ResponderLog log;

    /** Question about one certificate to one responder. */
    private record Question(URI responder, X509Certificate certificate, X509Certificate issuer) {}

    /** Address of a CRL, and the certificates that may sign it. */
    private record Place(URI uri, List<X509Certificate> signers) {}

    /** Result of fetching a CRL. */
    private sealed interface Fetched {

        /** Returns the last CRL with a valid signature, or null if none was ever fetched. */
        @Nullable
        Crl crl();

        /** Returns the statement about a certificate, or null if the CRL says nothing about such certificates. */
        @Nullable
        RevocationEvidence of(X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry);

        /** Returns whether the address gave no answer. */
        default boolean isUnreachable() {
            return this instanceof Failed failed && failed.failure().status() == RevocationStatus.NOT_KNOWN;
        }
    }

    /** The last fetch gave a CRL with a valid signature. */
    private record Valid(Crl crl) implements Fetched {
        @Override
        public @Nullable RevocationEvidence of(
                X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry) {
            return crl.of(certificate, signers, now, retry);
        }
    }

    /** The last fetch failed. Of an earlier CRL only the revocations count: they are final. */
    private record Failed(@Nullable Crl crl, RevocationEvidence failure) implements Fetched {
        @Override
        public RevocationEvidence of(
                X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry) {
            RevocationEvidence last = crl == null ? null : crl.of(certificate, signers, now, retry);
            return last != null && last.status() == RevocationStatus.REVOKED ? last : failure;
        }
    }

    /** Source of a statement about a certificate; {@code ask} takes the time to wait in nanoseconds. */
    private record Source(URI uri, Function<Long, @Nullable RevocationEvidence> ask) {}

    /**
     * Creates the sources with empty caches.
     *
     * @param gate the name of the gate in the log
     * @param ocsp whether to ask responders
     * @param points whether to fetch CRLs from distribution points
     * @param budget the longest time that one decision may wait, for all certificates of its path
     * @param executor runs the work on responses; its threads may block on name look-ups
     */
    public OnlineRevocation(GateName gate, boolean ocsp, boolean points, Duration budget, Executor executor) {
        this.log = new ResponderLog(gate);
        Bulkhead bulkhead = new Bulkhead();
        this.ocsp = ocsp;
        this.points = points;
        this.budget = budget;
        this.fetcher = new HttpFetcher(executor, budget);
        this.executor = executor;
        this.answers = new SingleFlightCache<>(
                MAX_CACHED_RESPONSES,
                bulkhead,
                last -> last.status() == RevocationStatus.REVOKED,
                last -> last.status() == RevocationStatus.NOT_KNOWN || last.status() == RevocationStatus.REVOKED);
        this.lists =
                new SingleFlightCache<>(MAX_CACHED_CRLS, bulkhead, last -> last.crl() != null, Fetched::isUnreachable);
    }

    Duration budget() {
        return budget;
    }

    /**
     * Returns the first conclusive statement, otherwise the statements of all sources.
     *
     * @param position the position of the certificate in the path
     */
    List<RevocationEvidence> ask(VerifiedPath path, int position, Instant now, TimeBudget budget) {
        List<Source> sources = sources(path, position, now);
        List<RevocationEvidence> found = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            RevocationEvidence evidence = source.ask().apply(budget.share(sources.size() - i));
            if (evidence != null) {
                log.log(source.uri(), evidence, now);
                found.add(evidence);
                if (evidence.conclusive()) {
                    return List.of(evidence);
                }
            }
        }
        return found;
    }

    private List<Source> sources(VerifiedPath path, int position, Instant now) {
        X509Certificate certificate = path.certificates().get(position);
        X509Certificate issuer = path.certificates().get(position + 1);
        RevocationEndpoints pointers = RevocationEndpoints.of(certificate);
        pointers.unusable().forEach(place -> log.logUnusable(place, now));
        List<Source> sources = new ArrayList<>();
        if (ocsp) {
            pointers.ocsp()
                    .forEach(uri -> sources.add(new Source(
                            uri, nanos -> askResponder(new Question(uri, certificate, issuer), now, nanos))));
        }
        if (points) {
            pointers.lists()
                    .forEach(uri -> sources.add(new Source(
                            uri,
                            nanos -> askList(new Place(uri, path.signersFor(certificate)), certificate, now, nanos))));
        }
        return sources;
    }

    private RevocationEvidence askResponder(Question question, Instant now, long nanos) {
        Instant retry = now.plusSeconds(RETRY_SECONDS);
        Found<RevocationEvidence> found = answers.get(
                question, question.responder().getAuthority(), now, nanos, before -> ask(question, now, retry, before));
        return found instanceof Found.Value<RevocationEvidence> answer ? answer.value() : missing(found, retry);
    }

    private CompletableFuture<Answer<RevocationEvidence>> ask(
            Question question, Instant now, Instant retry, @Nullable RevocationEvidence before) {
        byte[] request = new OcspRequest(question.certificate(), question.issuer()).der();
        return fetch(question.responder(), request, MAX_RESPONSE_BYTES, (der, failure) -> {
            RevocationEvidence evidence = der == null
                    ? RevocationEvidence.none(retry, why(failure))
                    : OcspEvidence.evaluate(der, question.certificate(), question.issuer(), now, retry);
            return answer(evidence, before, retry);
        });
    }

    /** Keeps a certificate revoked until a responder says that it is good. */
    private static Answer<RevocationEvidence> answer(
            RevocationEvidence current, @Nullable RevocationEvidence before, Instant retry) {
        boolean known = current.status() == RevocationStatus.GOOD || current.status() == RevocationStatus.REVOKED;
        boolean revoked = before != null && before.status() == RevocationStatus.REVOKED;
        RevocationEvidence evidence = revoked && !known ? RevocationEvidence.revoked(retry) : current;
        return new Answer<>(evidence, evidence.until());
    }

    private @Nullable RevocationEvidence askList(Place place, X509Certificate certificate, Instant now, long nanos) {
        Instant retry = now.plusSeconds(RETRY_SECONDS);
        Found<Fetched> found = lists.get(
                place, place.uri().getAuthority(), now, nanos, before -> fetchList(place, now, retry, before));
        return found instanceof Found.Value<Fetched> fetched
                ? fetched.value().of(certificate, place.signers(), now, retry)
                : missing(found, retry);
    }

    private CompletableFuture<Answer<Fetched>> fetchList(
            Place place, Instant now, Instant retry, @Nullable Fetched before) {
        Crl last = before == null ? null : before.crl();
        return fetch(
                place.uri(),
                null,
                MAX_CRL_BYTES,
                (der, failure) -> der == null
                        ? new Answer<>(new Failed(last, RevocationEvidence.none(retry, why(failure))), retry)
                        : fetched(der, place, now, retry, last));
    }

    /** Evaluates a CRL. An unusable CRL is cached for a short time only, since a better one may follow soon. */
    private static Answer<Fetched> fetched(byte[] der, Place place, Instant now, Instant retry, @Nullable Crl last) {
        try {
            Crl crl = new Crl(CrlReader.readDer(der));
            return place.signers().stream().anyMatch(crl::isBy)
                    ? new Answer<>(new Valid(crl), crl.objection(now) == null ? crl.nextUpdate() : retry)
                    : unusable(last, Crl.NOT_SIGNED, retry);
        } catch (CertificateFormatException e) {
            return unusable(last, String.valueOf(e.getMessage()), retry);
        }
    }

    private static Answer<Fetched> unusable(@Nullable Crl last, String why, Instant retry) {
        return new Answer<>(new Failed(last, RevocationEvidence.unusable(retry, why)), retry);
    }

    private static RevocationEvidence missing(Found<?> found, Instant retry) {
        return found instanceof Found.Missing<?> missing && missing.busy()
                ? RevocationEvidence.busy(retry)
                : RevocationEvidence.none(retry, "no answer in time");
    }

    /** Fetches a response and evaluates it on the executor, since evaluating takes a while too. */
    private <V> CompletableFuture<Answer<V>> fetch(
            URI uri,
            byte @Nullable [] body,
            int most,
            BiFunction<byte @Nullable [], @Nullable Throwable, Answer<V>> evaluate) {
        try {
            return fetcher.fetch(uri, body, most)
                    .handleAsync(
                            (response, failure) -> evaluate.apply(response == null ? null : response.body(), failure),
                            executor);
        } catch (RuntimeException e) {
            // The executor has been shut down, or the HTTP client rejects the address.
            return CompletableFuture.completedFuture(evaluate.apply(null, e));
        }
    }

    private static String why(@Nullable Throwable failure) {
        Throwable root = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return root == null ? "no answer" : SafeText.text(root.getClass().getSimpleName() + " " + root.getMessage());
    }
}
