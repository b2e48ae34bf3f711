/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

/**
 * What a rule must not ask for more than.
 *
 * @param trust whether every admitted certificate has a verified path, so that what it says of itself can be believed
 * @param nameFromCertificate whether principals are named by what the certificate says of itself
 * @param stores whether there are stores, whose entries have labels
 */
public record RuleContext(boolean trust, boolean nameFromCertificate, boolean stores) {}
