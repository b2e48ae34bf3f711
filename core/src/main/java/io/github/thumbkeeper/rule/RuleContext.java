/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

/**
 * Settings that decide which rules are allowed.
 *
 * <p>Immutable and thread-safe.
 *
 * @param trust whether every admitted certificate has a verified path, so that its contents can be trusted
 * @param nameFromCertificate whether the principal's name is taken from the certificate
 * @param stores whether there are stores, whose entries can have labels
 */
public record RuleContext(boolean trust, boolean nameFromCertificate, boolean stores) {}
