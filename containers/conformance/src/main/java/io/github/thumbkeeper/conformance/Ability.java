/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A feature that some containers lack. */
public enum Ability {
    /** Enterprise archives. */
    EAR,
    /** A service that gives an application's names to threads, {@code java:comp/DefaultContextService}. */
    CONTEXT_SERVICE,
    /** Releases the classes of an undeployed application. */
    UNLOADING,
    /** The valve. */
    VALVE;

    /** The reason why other containers lack it. */
    public static final String VALVES_ARE_TOMCATS =
            "valves are Tomcat's: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html";

    /** Ends the check as one that does not apply, with the reason, if the container lacks this. */
    void assume() {
        String reason = Site.current().server().lacks().get(this);
        assumeTrue(reason == null, reason);
    }
}
