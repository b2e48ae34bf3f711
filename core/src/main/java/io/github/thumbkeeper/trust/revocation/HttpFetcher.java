/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP client for OCSP and CRLs, with limits for time and size. It follows no redirects and sends no cookies or credentials. The
 * proxy is that of the JVM ({@code http.proxyHost}).
 *
 * <p>Thread-safe.
 */
final class HttpFetcher {

    private final HttpClient client;
    private final Executor executor;
    private final Duration budget;

    HttpFetcher(Executor executor, Duration budget) {
        this.executor = executor;
        this.budget = budget;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(budget)
                .executor(executor)
                .build();
    }

    /**
     * Sends a request, without waiting.
     *
     * @param body the OCSP request to post; null for a GET
     * @param most the greatest size of the body in bytes
     * @return the response if its status is 200; completes exceptionally otherwise, such as after a timeout
     */
    CompletableFuture<HttpResponse<byte[]>> fetch(URI uri, byte @Nullable [] body, int most) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(budget);
        if (body != null) {
            request.header("Content-Type", "application/ocsp-request")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), info -> new Body(info.statusCode(), most));
        // The time limit of the request itself ends with the header of the response.
        CompletableFuture.delayedExecutor(budget.toNanos(), TimeUnit.NANOSECONDS, executor)
                .execute(() -> answer.cancel(true));
        return answer;
    }

    /** Collects a body, and cancels the response if the status is not 200 or the body is too long. Not thread-safe. */
    private static final class Body implements BodySubscriber<byte[]> {
        private final int most;
        private final int status;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> result = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        Body(int status, int most) {
            this.most = most;
            this.status = status;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return result;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (status == 200) {
                given.request(Long.MAX_VALUE);
            } else {
                cancel("the response has the HTTP status " + status);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (buffer.remaining() > most - bytes.size()) {
                    cancel("the response has more than " + most + " bytes");
                    return;
                }
                byte[] piece = new byte[buffer.remaining()];
                buffer.get(piece);
                bytes.writeBytes(piece);
            }
        }

        @Override
        public void onError(Throwable failure) {
            result.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            if (bytes.size() == 0) {
                result.completeExceptionally(new IOException("the response is empty"));
            } else {
                result.complete(bytes.toByteArray());
            }
        }

        private void cancel(String why) {
            result.completeExceptionally(new IOException(why));
            Objects.requireNonNull(subscription).cancel();
        }
    }
}
