/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.source.Exchange;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All listeners of a gate. A listener that throws changes neither the decision nor what the other listeners get.
 *
 * <p>Thread-safe.
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
                callAll(GateListener::refused, refusal(exchange, refused, certificate, failure));
            } else if (verdict instanceof Verdict.Admitted admitted) {
                callAll(GateListener::admitted, admitted);
            } else if (verdict instanceof Verdict.Exempt exempt) {
                callAll(GateListener::exempt, exempt);
            }
        } catch (Throwable ignored) {
            // The verdict is valid even if no listener gets it.
        }
    }

    void refreshed(Verdict.@Nullable Refused outage) {
        callAll(listener -> listener.refreshed(outage));
    }

    void headerIgnored(Exchange exchange) {
        String peer = orUnknown(Exchange::peer, exchange);
        callAll(listener -> listener.headerIgnored(peer));
    }

    void chainIgnored(Exchange exchange, String why) {
        String peer = orUnknown(Exchange::peer, exchange);
        callAll(listener -> listener.chainIgnored(peer, why));
    }

    void softFailed() {
        callAll(GateListener::softFailed);
    }

    void rolesHidden(String rule) {
        callAll(listener -> listener.rolesHidden(rule));
    }

    private void callAll(Consumer<GateListener> event) {
        callAll((listener, call) -> call.accept(listener), event);
    }

    /** Calls a method of every listener. The method takes its argument from here, so that no object is made for a request. */
    private <T> void callAll(BiConsumer<GateListener, T> method, T argument) {
        for (int i = 0; i < all.size(); i++) {
            try {
                method.accept(all.get(i), argument);
            } catch (Throwable ignored) {
                // The next listener must be called anyway.
            }
        }
    }

    private static Refusal refusal(
            Exchange exchange,
            Verdict.Refused verdict,
            @Nullable X509Certificate certificate,
            @Nullable Throwable failure) {
        return new Refusal(
                verdict,
                orUnknown(Exchange::method, exchange),
                orUnknown(Exchange::rawPath, exchange),
                orUnknown(Exchange::peer, exchange),
                orUnknown(Exchange::remoteAddress, exchange),
                certificate,
                failure);
    }

    /** Returns a part of a request for the log; a request that throws must not keep its refusal out of the log. */
    private static String orUnknown(Function<Exchange, String> part, Exchange exchange) {
        try {
            return part.apply(exchange);
        } catch (Throwable e) {
            return "?";
        }
    }
}
