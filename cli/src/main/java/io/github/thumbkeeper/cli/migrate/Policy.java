/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.Set;

/**
 * The part of a policy document that decides about the client certificate. Immutable and thread-safe.
 *
 * @param statements the decisions in their order
 * @param ignoresErrors whether the result of {@code validate-client-certificate} is only recorded
 * @param datesSwitchedOff the checks of dates that the document switches off
 */
record Policy(List<Statement> statements, boolean ignoresErrors, Set<Claim> datesSwitchedOff) {}
