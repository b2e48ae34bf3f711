/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import java.util.List;
import java.util.Map;

/**
 * Numbers and state of one gate, for JMX: {@code io.github.thumbkeeper:type=Gate,name="…"}.
 *
 * <p>Only open types, so that JConsole, Prometheus' jmx_exporter and every other client can read them without our classes. No
 * attribute contains the value of a setting that may be secret. Numbers count from the start of the gate.
 *
 * <pre>{@code
 * ObjectName name = new ObjectName("io.github.thumbkeeper:type=Gate,name=\"Catalina/localhost\"");
 * long refused = (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Refused");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public interface GateMXBean {

    /** Returns the name of the gate, as in the log. */
    String getName();

    /** Returns {@code enforce}, {@code report} or {@code annotate}. */
    String getMode();

    /**
     * Returns the state: {@code UP}; {@code NO_LIST}, if a store has never been read; or {@code STALE}, if the list is older than
     * {@code maxStaleness}. In the last two every request gets 503.
     */
    String getState();

    /** Returns the number of admitted requests. */
    long getAdmitted();

    /** Returns the number of requests refused for any reason, including those that {@link #getReported} counts. */
    long getRefused();

    /** Returns the number of refusals for each reason code, such as {@code TK-101}. */
    Map<String, Long> getRefusedByCode();

    /** Returns the number of requests that passed although they would have been refused, because the gate does not enforce. */
    long getReported();

    /** Returns the number of requests that passed because they need no certificate. */
    long getExempt();

    /** Returns the number of requests whose certificate header was ignored, because their peer is not a trusted proxy. */
    long getHeadersIgnored();

    /** Returns the number of requests admitted without a revocation status ({@code revocationSoftFail}). */
    long getSoftFailures();

    /** Returns the lists, then the rules, the trust store and the CRLs, each with its size, age and last result. */
    List<StoreStatus> getStores();

    /** Returns the number of listed entries, without those of deny lists. */
    int getEntries();

    /** Returns the number of listed entries that no request has matched since the start. */
    int getUnmatchedEntries();

    /** Returns the labels, or the thumbprints without a label, of the first 100 entries that no request has matched. */
    List<String> getUnmatchedLabels();

    /** Returns the number of things that end within {@code expiryWarning} or have ended; see {@link #expiring}. */
    int getExpiring();

    /** Returns what ends soonest of all that has not ended yet, in words; empty if nothing has an end. */
    String getSoonestExpiry();

    /** Returns the seconds until the soonest end, or -1 if nothing has an end that is still to come. */
    long getSoonestExpirySeconds();

    /**
     * Reads all stores now, and waits for them, at most 30 seconds.
     *
     * @return whether all of them have been read in that time; the result of each is in {@link #getStores}
     */
    boolean refresh();

    /**
     * Explains the decision on a certificate now: each check with its outcome, the verdict, and what to change to admit it. Counts
     * nothing.
     *
     * @param pem the certificate in PEM, perhaps followed by those of its issuers
     * @return one line for each check, then the verdict and the advice
     * @throws IllegalArgumentException if the text has no certificate; the message says what it is instead
     */
    List<String> explain(String pem);

    /** Returns the last 100 distinct certificates that were refused, the last one first. */
    List<RefusedClient> recentlyRefused();

    /** Returns what ends within a number of days or has ended, soonest first, at most 1000. */
    List<ExpiringItem> expiring(int days);
}
