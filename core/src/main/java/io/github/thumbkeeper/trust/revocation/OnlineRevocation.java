/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.revocation.OcspRequest;
import io.github.thumbkeeper.certificate.revocation.RevocationEndpoints;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
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
 * Asks the responders and fetches the lists that certificates name. To be used for certificates of a verified path only: what any
 * other certificate names is whatever a stranger would have this machine connect to (CVE-2023-28857).
 *
 * <p>Safe to share between threads. What it has been told is remembered for as long as that holds, and a failure for
 * {@value #RETRY_SECONDS} seconds.
 */
public final class OnlineRevocation {

    static final long RETRY_SECONDS = 10;

    private static final int MOST_OF_ANSWER = 64 << 10;
    private static final int MOST_OF_LIST = 8 << 20;
    private static final int MOST_ANSWERS = 4096;
    private static final int MOST_LISTS = 32;

    private final boolean ocsp;
    private final boolean points;
    private final Duration budget;
    private final HttpFetcher fetcher;
    private final SingleFlightCache<Question, RevocationEvidence> answers;
    private final SingleFlightCache<Place, Fetched> lists;
    private final Executor executor;
    private final ResponderLog log = new ResponderLog();

    /** One certificate at one responder. */
    private record Question(URI responder, X509Certificate certificate, X509Certificate issuer) {}

    /** Where a list is, and who may have signed it. */
    private record Place(URI uri, List<X509Certificate> signers) {}

    /**
     * What has been fetched.
     *
     * @param list the last list that was signed as it should, or null
     * @param failure why there is none of the present, or null
     */
    private record Fetched(@Nullable Crl list, @Nullable RevocationEvidence failure) {
        boolean isMissing() {
            return failure != null && failure.status() == RevocationStatus.NOT_KNOWN;
        }

        /** What a list has revoked stays so, even when the next one cannot be had. */
        @Nullable
        RevocationEvidence of(X509Certificate certificate, List<X509Certificate> signers, Instant now, Instant retry) {
            RevocationEvidence told = list == null ? null : list.of(certificate, signers, now, retry);
            boolean revoked = told != null && told.status() == RevocationStatus.REVOKED;
            return revoked || failure == null ? told : failure;
        }
    }

    /** One way to learn about a certificate. */
    private record Source(URI uri, Function<Long, @Nullable RevocationEvidence> ask) {}

    /**
     * Makes the sources.
     *
     * @param ocsp whether responders are asked
     * @param points whether lists are fetched from distribution points
     * @param budget how long one decision may take for all of its certificates
     * @param executor runs what is to be done when something arrives; looking names up may hold its threads for a while
     */
    public OnlineRevocation(boolean ocsp, boolean points, Duration budget, Executor executor) {
        Bulkhead room = new Bulkhead();
        this.ocsp = ocsp;
        this.points = points;
        this.budget = budget;
        this.fetcher = new HttpFetcher(executor, budget);
        this.executor = executor;
        this.answers = new SingleFlightCache<>(
                MOST_ANSWERS,
                room,
                told -> told.status() == RevocationStatus.REVOKED,
                told -> told.status() == RevocationStatus.NOT_KNOWN || told.status() == RevocationStatus.REVOKED);
        this.lists = new SingleFlightCache<>(MOST_LISTS, room, told -> told.list() != null, Fetched::isMissing);
    }

    Duration budget() {
        return budget;
    }

    /**
     * Returns what the sources say: the first that is conclusive, else all of them.
     *
     * @param position which certificate of the path is asked for
     */
    List<RevocationEvidence> ask(VerifiedPath path, int position, Instant now, TimeBudget budget) {
        List<Source> sources = sources(path, position, now);
        List<RevocationEvidence> found = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            RevocationEvidence evidence = source.ask().apply(budget.share(sources.size() - i));
            if (evidence != null) {
                log.tell(source.uri(), evidence, now);
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
        pointers.unusable().forEach(place -> log.tellUnusable(place, now));
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
        return found.value() == null ? unanswered(found.busy(), retry) : found.value();
    }

    private CompletableFuture<Answer<RevocationEvidence>> ask(
            Question question, Instant now, Instant retry, @Nullable RevocationEvidence before) {
        byte[] request = new OcspRequest(question.certificate(), question.issuer()).der();
        return fetch(question.responder(), request, MOST_OF_ANSWER, (der, failure) -> {
            RevocationEvidence judged = der == null
                    ? RevocationEvidence.none(retry, why(failure))
                    : OcspEvidence.judge(der, question.certificate(), question.issuer(), now, retry);
            return answer(judged, before, retry);
        });
    }

    /** What has been revoked stays so until a responder says that it is not. */
    private static Answer<RevocationEvidence> answer(
            RevocationEvidence judged, @Nullable RevocationEvidence before, Instant retry) {
        boolean known = judged.status() == RevocationStatus.GOOD || judged.status() == RevocationStatus.REVOKED;
        boolean revoked = before != null && before.status() == RevocationStatus.REVOKED;
        RevocationEvidence evidence = revoked && !known ? RevocationEvidence.revoked(retry) : judged;
        return new Answer<>(evidence, evidence.until());
    }

    private @Nullable RevocationEvidence askList(Place place, X509Certificate certificate, Instant now, long nanos) {
        Instant retry = now.plusSeconds(RETRY_SECONDS);
        Found<Fetched> found = lists.get(
                place, place.uri().getAuthority(), now, nanos, before -> fetchList(place, now, retry, before));
        return found.value() == null
                ? unanswered(found.busy(), retry)
                : found.value().of(certificate, place.signers(), now, retry);
    }

    private CompletableFuture<Answer<Fetched>> fetchList(
            Place place, Instant now, Instant retry, @Nullable Fetched before) {
        Crl last = before == null ? null : before.list();
        return fetch(
                place.uri(),
                null,
                MOST_OF_LIST,
                (der, failure) -> der == null
                        ? new Answer<>(new Fetched(last, RevocationEvidence.none(retry, why(failure))), retry)
                        : list(der, place, now, retry, last));
    }

    /** A list that does not do is not remembered for long, since a better one may be there soon. */
    private static Answer<Fetched> list(byte[] der, Place place, Instant now, Instant retry, @Nullable Crl last) {
        try {
            Crl list = new Crl(CrlReader.readDer(der));
            if (place.signers().stream().noneMatch(list::isBy)) {
                return new Answer<>(
                        new Fetched(last, RevocationEvidence.unusable(retry, "its issuer has not signed it")), retry);
            }
            return new Answer<>(new Fetched(list, null), list.objection(now) == null ? list.until() : retry);
        } catch (CertificateFormatException e) {
            return new Answer<>(
                    new Fetched(last, RevocationEvidence.unusable(retry, String.valueOf(e.getMessage()))), retry);
        }
    }

    private static RevocationEvidence unanswered(boolean busy, Instant retry) {
        return busy ? RevocationEvidence.busy(retry) : RevocationEvidence.none(retry, "no answer in time");
    }

    /** Answers are judged by the executor: that takes a while too. */
    private <V> CompletableFuture<Answer<V>> fetch(
            URI uri,
            byte @Nullable [] body,
            int most,
            BiFunction<byte @Nullable [], @Nullable Throwable, Answer<V>> judge) {
        try {
            return fetcher.fetch(uri, body, most)
                    .handleAsync(
                            (response, failure) -> judge.apply(response == null ? null : response.body(), failure),
                            executor);
        } catch (RuntimeException e) {
            // The executor has been shut down, or the client takes offence at the address.
            return CompletableFuture.completedFuture(judge.apply(null, e));
        }
    }

    private static String why(@Nullable Throwable failure) {
        Throwable root = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return root == null ? "no answer" : SafeText.text(root.getClass().getSimpleName() + " " + root.getMessage());
    }
}
