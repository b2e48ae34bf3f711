/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.lang.System.Logger.Level;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Server;

/** Tells the log of applications that stand open behind the permissive trust manager. */
final class UnguardedContexts implements LifecycleListener {

    private final TomcatSurroundings surroundings;

    private UnguardedContexts(TomcatSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Which applications there are is known only when the whole server has started. */
    static void reportWhenServerHasStarted(TomcatSurroundings surroundings) {
        UnguardedContexts report = new UnguardedContexts(surroundings);
        Server server = surroundings.server();
        if (server.getState() == LifecycleState.STARTED) {
            report.log();
        } else {
            server.addLifecycleListener(report);
        }
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (Lifecycle.AFTER_START_EVENT.equals(event.getType())) {
            event.getLifecycle().removeLifecycleListener(this);
            log();
        }
    }

    private void log() {
        System.Logger logger = System.getLogger(ClientCertificateValve.class.getName());
        surroundings
                .contextsWithoutGate()
                .forEach(context -> logger.log(
                        Level.ERROR,
                        "TK-404 application [" + context + "] has no gate, and "
                                + AnyClientCertificateTrustManager.class.getSimpleName()
                                + " lets every client certificate through to it"));
    }
}
