/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.beans.PropertyChangeEvent;
import java.beans.PropertyChangeListener;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import org.apache.catalina.Container;
import org.apache.catalina.ContainerEvent;
import org.apache.catalina.ContainerListener;
import org.apache.catalina.Context;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleEvent;
import org.apache.catalina.LifecycleListener;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardService;

/**
 * Logs every application that has no gate behind a permissive handshake, each time it starts: with the server, or deployed
 * or reloaded later. Logs all of them again if a connector is added.
 *
 * <p>Thread-safe.
 */
final class UnguardedContexts implements LifecycleListener, ContainerListener, PropertyChangeListener {

    private final System.Logger logger = System.getLogger(ClientCertificateValve.class.getName());
    private final TomcatSurroundings surroundings;

    private UnguardedContexts(TomcatSurroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Checks the applications of the service that run already, and from now on each that starts. */
    static UnguardedContexts watch(TomcatSurroundings surroundings) {
        UnguardedContexts watch = new UnguardedContexts(surroundings);
        watch.add(surroundings.engine());
        if (surroundings.engine().getService() instanceof StandardService service) {
            service.addPropertyChangeListener(watch);
        }
        return watch;
    }

    /** Ends the checks. */
    void stop() {
        remove(surroundings.engine());
        if (surroundings.engine().getService() instanceof StandardService service) {
            service.removePropertyChangeListener(this);
        }
    }

    @Override
    public void propertyChange(PropertyChangeEvent event) {
        if ("connector".equals(event.getPropertyName()) && event.getNewValue() != null) {
            surroundings.runningContexts().forEach(this::check);
        }
    }

    @Override
    public void containerEvent(ContainerEvent event) {
        if (event.getData() instanceof Container child) {
            if (Container.ADD_CHILD_EVENT.equals(event.getType())) {
                add(child);
            } else if (Container.REMOVE_CHILD_EVENT.equals(event.getType())) {
                remove(child);
            }
        }
    }

    @Override
    public void lifecycleEvent(LifecycleEvent event) {
        if (Lifecycle.AFTER_START_EVENT.equals(event.getType()) && event.getLifecycle() instanceof Context context) {
            check(context);
        }
    }

    private void add(Container container) {
        container.addLifecycleListener(this);
        container.addContainerListener(this);
        for (Container child : container.findChildren()) {
            if (!isWrapper(child)) {
                add(child);
            }
        }
        if (container instanceof Context context && context.getState() == LifecycleState.STARTED) {
            check(context);
        }
    }

    private void remove(Container container) {
        container.removeLifecycleListener(this);
        container.removeContainerListener(this);
        for (Container child : container.findChildren()) {
            remove(child);
        }
    }

    private static boolean isWrapper(Container child) {
        return child.getParent() instanceof Context;
    }

    /** Every gate of the service watches, because any of them may stop; the first one reports. */
    private void check(Context context) {
        boolean first = Arrays.stream(context.findLifecycleListeners())
                        .filter(UnguardedContexts.class::isInstance)
                        .findFirst()
                        .orElse(this)
                == this;
        if (first && !TomcatSurroundings.hasGate(context) && surroundings.trustsEveryClient()) {
            logger.log(
                    Level.ERROR,
                    "TK-404 application [" + TomcatSurroundings.name(context) + "] has no gate, and the TLS connector"
                            + " lets every client certificate through to it; add a ClientCertificateValve, or map a"
                            + " ClientCertificateFilter to /* for REQUEST"
                            + (TomcatSurroundings.hasClientCertLogin(context)
                                    ? "; with <auth-method>CLIENT-CERT</auth-method> only the valve runs early enough"
                                    : ""));
        }
    }
}
