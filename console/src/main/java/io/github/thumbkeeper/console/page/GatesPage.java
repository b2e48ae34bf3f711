/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.gate.GateView;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.verdict.Reason;
import java.util.Arrays;
import java.util.List;

/** The gates of this JVM, with their numbers and stores. Thread-safe. */
public final class GatesPage implements Action {

    private final Gates gates;

    /** Creates the page. */
    public GatesPage(Gates gates) {
        this.gates = gates;
    }

    /** What the page shows. */
    public record Model(List<GateView> gates) {

        /** Returns a reason code in words. */
        public String words(String code) {
            return Arrays.stream(Reason.values())
                    .filter(reason -> reason.code().equals(code))
                    .findFirst()
                    .map(Reason::text)
                    .orElse("");
        }
    }

    @Override
    public Answer answer(ConsoleRequest request) {
        return Answer.Page.of("gates", new Model(gates.all()));
    }
}
