/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All listeners of a gate. One that fails changes nothing: not what was decided, and not what the others are told.
 *
 * <p>Safe to share between threads.
 */
final class Listeners {

    private final List<GateListener> all;

    Listeners(List<GateListener> all) {
        this.all = List.copyOf(all);
    }

    void decided(
            Exchange exchange, Verdict verdict, @Nullable X509Certificate certificate, @Nullable Throwable failure) {
        try {
            if (verdict instanceof Verdict.Refused refused) {
                Refusal refusal = refusal(exchange, refused, certificate, failure);
                tell(listener -> listener.refused(refusal));
            } else if (verdict instanceof Verdict.Admitted admitted) {
                tell(listener -> listener.admitted(admitted));
            } else if (verdict instanceof Verdict.Exempt exempt) {
                tell(listener -> listener.exempt(exempt));
            }
        } catch (Throwable ignored) {
            // Nobody can be told, but the verdict stands.
        }
    }

    void refreshed(Verdict.@Nullable Refused outage) {
        tell(listener -> listener.refreshed(outage));
    }

    void headerIgnored(Exchange exchange) {
        String peer = told(exchange::peer);
        tell(listener -> listener.headerIgnored(peer));
    }

    void softFailed() {
        tell(GateListener::softFailed);
    }

    private void tell(Consumer<GateListener> news) {
        for (GateListener listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable ignored) {
                // The next listener is told all the same.
            }
        }
    }

    private static Refusal refusal(
            Exchange exchange,
            Verdict.Refused verdict,
            @Nullable X509Certificate certificate,
            @Nullable Throwable failure) {
        return new Refusal(
                verdict, told(exchange::method), told(exchange::rawPath), told(exchange::peer), certificate, failure);
    }

    /** A request that cannot say what it is must not escape the log. */
    private static String told(Supplier<String> part) {
        try {
            return part.get();
        } catch (Throwable e) {
            return "?";
        }
    }
}
