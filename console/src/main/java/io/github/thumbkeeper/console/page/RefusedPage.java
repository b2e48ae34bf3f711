/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import java.time.Instant;
import java.util.List;

/** The certificates that gates have refused, with what admits each of them. Thread-safe. */
public final class RefusedPage implements Action {

    private final Gates gates;
    private final boolean hasList;

    /**
     * Creates the page.
     *
     * @param hasList whether the console has a list to which a refused certificate can be added
     */
    public RefusedPage(Gates gates, boolean hasList) {
        this.gates = gates;
        this.hasList = hasList;
    }

    /** What the page shows. */
    public record Model(List<Gates.Refused> refused, boolean hasList, int gates) {

        /** Returns the time of a text of JMX. */
        public Instant time(String text) {
            return Instant.parse(text);
        }
    }

    @Override
    public Answer answer(ConsoleRequest request) {
        return Answer.Page.of(
                "refused", new Model(gates.refused(), hasList, gates.names().size()));
    }
}
