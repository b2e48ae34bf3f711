/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.message.LogTopic;
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
 * Logs every application without a gate if its clients pass a permissive handshake. Checks each application whenever it starts,
 * and all of them when a connector is added.
 *
 * <p>Thread-safe.
 */
final class UnguardedContexts implements LifecycleListener, ContainerListener, PropertyChangeListener {

    private final System.Logger logger = LogTopic.GATE.logger();
    private final TomcatEnvironment environment;

    private UnguardedContexts(TomcatEnvironment environment) {
        this.environment = environment;
    }

    /** Checks the running applications of the service, and from now on each that starts. */
    static UnguardedContexts watch(TomcatEnvironment environment) {
        UnguardedContexts watch = new UnguardedContexts(environment);
        watch.add(environment.engine());
        if (environment.engine().getService() instanceof StandardService service) {
            service.addPropertyChangeListener(watch);
        }
        return watch;
    }

    /** Ends the checks. */
    void stop() {
        remove(environment.engine());
        if (environment.engine().getService() instanceof StandardService service) {
            service.removePropertyChangeListener(this);
        }
    }

    @Override
    public void propertyChange(PropertyChangeEvent event) {
        if ("connector".equals(event.getPropertyName()) && event.getNewValue() != null) {
            environment.runningContexts().forEach(this::check);
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

    /** Every gate of the service listens, because any of them may stop; only the first listener reports. */
    private void check(Context context) {
        boolean first = Arrays.stream(context.findLifecycleListeners())
                        .filter(UnguardedContexts.class::isInstance)
                        .findFirst()
                        .orElse(this)
                == this;
        if (first && !TomcatEnvironment.hasGate(context) && environment.trustsEveryClient()) {
            logger.log(Level.ERROR, TomcatEnvironment.setup(context).unguarded());
        }
    }
}
