/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

/** Answers requests for one path and method. Thread-safe. */
@FunctionalInterface
public interface Action {

    /**
     * Answers a request.
     *
     * @throws HttpProblem if it cannot be answered as asked
     */
    Answer answer(ConsoleRequest request) throws HttpProblem;
}
