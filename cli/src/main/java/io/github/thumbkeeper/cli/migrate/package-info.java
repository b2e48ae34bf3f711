/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Translates policies of API Management into settings.
 *
 * <p>The way through the files: {@link io.github.thumbkeeper.cli.migrate.PolicyParser} and {@link
 * io.github.thumbkeeper.cli.migrate.ExpressionLexer} read the document, {@link
 * io.github.thumbkeeper.cli.migrate.PolicyReader} and {@link io.github.thumbkeeper.cli.migrate.ConditionCompiler} understand it,
 * {@link io.github.thumbkeeper.cli.migrate.DecisionTable} is its meaning, and {@link
 * io.github.thumbkeeper.cli.migrate.Translation} finds settings with that meaning.
 */
@NullMarked
package io.github.thumbkeeper.cli.migrate;

import org.jspecify.annotations.NullMarked;
