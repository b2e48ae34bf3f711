/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/**
 * Topics of the log, each with a logger of its own, so that an administrator can set its level and its file.
 *
 * <p>The names are part of the interface of the product; the names of classes are not. Immutable and thread-safe.
 */
public enum LogTopic {
    /** Starts and stops of gates, their settings and surroundings, and outages. */
    GATE("io.github.thumbkeeper.gate"),
    /** Refused requests. */
    REFUSAL("io.github.thumbkeeper.refusal"),
    /** Admitted requests, at the level DEBUG. */
    ADMISSION("io.github.thumbkeeper.admission"),
    /** Stores, rules, trust stores and CRLs: their changes, their failures, and remarks on their content. */
    STORE("io.github.thumbkeeper.store"),
    /** Certificates, entries and CRLs that end soon. */
    EXPIRY("io.github.thumbkeeper.expiry"),
    /** OCSP responders and CRLs that are fetched. */
    REVOCATION("io.github.thumbkeeper.revocation"),
    /** Certificate headers, and the proxies that send them. */
    PROXY("io.github.thumbkeeper.proxy"),
    /** The permissive trust manager. */
    TLS("io.github.thumbkeeper.tls");

    private final String loggerName;

    LogTopic(String loggerName) {
        this.loggerName = loggerName;
    }

    /** Returns the name of the logger. */
    public String loggerName() {
        return loggerName;
    }

    /**
     * Returns the logger. Keep it in an instance field: containers have loggers for each application, so a static one would belong
     * to whichever application came first.
     */
    public System.Logger logger() {
        return System.getLogger(loggerName);
    }
}
