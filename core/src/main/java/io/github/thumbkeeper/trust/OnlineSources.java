/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.CertificateFormatException;
import io.github.thumbkeeper.certificate.OcspRequest;
import io.github.thumbkeeper.certificate.Printable;
import io.github.thumbkeeper.certificate.RevocationListReader;
import io.github.thumbkeeper.certificate.RevocationPointers;
import io.github.thumbkeeper.trust.Lookups.Answer;
import io.github.thumbkeeper.trust.Lookups.Flight;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
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
public final class OnlineSources {

    static final long RETRY_SECONDS = 10;

    private static final int MOST_WAITING = 16;
    private static final int MOST_OF_ANSWER = 64 << 10;
    private static final int MOST_OF_LIST = 8 << 20;
    private static final int MOST_ANSWERS = 4096;
    private static final int MOST_LISTS = 32;

    private final boolean ocsp;
    private final boolean lists;
    private final Duration budget;
    private final HttpFetcher fetcher;
    private final Lookups<Question, Evidence> answers;
    private final Lookups<Place, Fetched> fetched;
    private final ResponderLog log = new ResponderLog();

    /** One certificate at one responder. */
    private record Question(URI responder, X509Certificate certificate, X509Certificate issuer) {}

    /** Where a list is, and who may have signed it. */
    private record Place(URI uri, List<X509Certificate> signers) {}

    /** A list, or why there is none. */
    private record Fetched(@Nullable RevocationList list, Evidence failure) {}

    /** One way to learn about a certificate. */
    private record Source(URI uri, Function<Long, @Nullable Evidence> ask) {}

    /**
     * Makes the sources.
     *
     * @param ocsp whether responders are asked
     * @param lists whether lists are fetched
     * @param budget how long one decision may take for all of its certificates
     * @param executor runs what is to be done when something arrives; looking names up may hold its threads for a while
     */
    public OnlineSources(boolean ocsp, boolean lists, Duration budget, Executor executor) {
        Semaphore waiting = new Semaphore(MOST_WAITING);
        this.ocsp = ocsp;
        this.lists = lists;
        this.budget = budget;
        this.fetcher = new HttpFetcher(executor, budget);
        this.answers = new Lookups<>(MOST_ANSWERS, waiting);
        this.fetched = new Lookups<>(MOST_LISTS, waiting);
    }

    Duration budget() {
        return budget;
    }

    /**
     * Returns what the sources say: the first that is conclusive, else all of them.
     *
     * @param position which certificate of the path is asked for
     */
    List<Evidence> ask(VerifiedPath path, int position, Instant now, Deadline deadline) {
        List<Source> sources = sources(path, position, now);
        List<Evidence> found = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            Source source = sources.get(i);
            Evidence evidence = source.ask().apply(deadline.share(sources.size() - i));
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
        RevocationPointers pointers = RevocationPointers.of(certificate);
        List<Source> sources = new ArrayList<>();
        if (ocsp) {
            pointers.ocsp()
                    .forEach(uri -> sources.add(new Source(
                            uri, nanos -> askResponder(new Question(uri, certificate, issuer), now, nanos))));
        }
        if (lists) {
            pointers.lists()
                    .forEach(uri -> sources.add(new Source(
                            uri,
                            nanos -> askList(new Place(uri, path.signersFor(certificate)), certificate, now, nanos))));
        }
        return sources;
    }

    private Evidence askResponder(Question question, Instant now, long nanos) {
        Instant retry = now.plusSeconds(RETRY_SECONDS);
        Evidence evidence = answers.get(question, now, nanos, () -> {
            byte[] request = new OcspRequest(question.certificate(), question.issuer()).der();
            return flight(question.responder(), request, MOST_OF_ANSWER, (der, failure) -> {
                Evidence judged = der == null
                        ? Evidence.none(retry, why(failure))
                        : OcspEvidence.judge(der, question.certificate(), question.issuer(), now, retry);
                return new Answer<>(judged, judged.until());
            });
        });
        return evidence == null ? Evidence.none(retry, "no answer in time") : evidence;
    }

    private @Nullable Evidence askList(Place place, X509Certificate certificate, Instant now, long nanos) {
        Instant retry = now.plusSeconds(RETRY_SECONDS);
        Fetched found = fetched.get(
                place,
                now,
                nanos,
                () -> flight(place.uri(), null, MOST_OF_LIST, (der, failure) -> list(der, failure, place, now, retry)));
        if (found == null) {
            return Evidence.none(retry, "no answer in time");
        }
        return found.list() == null ? found.failure() : found.list().of(certificate, place.signers(), now, retry);
    }

    /** A list that does not do is not remembered for long, since a better one may be there soon. */
    private static Answer<Fetched> list(
            byte @Nullable [] der, @Nullable Throwable failure, Place place, Instant now, Instant retry) {
        if (der == null) {
            return new Answer<>(new Fetched(null, Evidence.none(retry, why(failure))), retry);
        }
        try {
            RevocationList list = new RevocationList(RevocationListReader.readDer(der));
            boolean usable =
                    list.objection(now) == null && place.signers().stream().anyMatch(list::isBy);
            return new Answer<>(new Fetched(list, Evidence.none(retry, "")), usable ? list.until() : retry);
        } catch (CertificateFormatException e) {
            return new Answer<>(new Fetched(null, Evidence.unusable(retry, String.valueOf(e.getMessage()))), retry);
        }
    }

    private <V> Flight<V> flight(
            URI uri,
            byte @Nullable [] body,
            int most,
            BiFunction<byte @Nullable [], @Nullable Throwable, Answer<V>> landing) {
        CompletableFuture<HttpResponse<byte[]>> question;
        try {
            question = fetcher.fetch(uri, body, most);
        } catch (RuntimeException e) {
            // The executor has been shut down, or the client takes offence at the address.
            question = CompletableFuture.failedFuture(e);
        }
        return new Flight<>(
                question,
                question.handle(
                        (response, failure) -> landing.apply(response == null ? null : response.body(), failure)));
    }

    private static String why(@Nullable Throwable failure) {
        Throwable root = failure == null || failure.getCause() == null ? failure : failure.getCause();
        return root == null ? "no answer" : Printable.text(root.getClass().getSimpleName() + " " + root.getMessage());
    }
}
