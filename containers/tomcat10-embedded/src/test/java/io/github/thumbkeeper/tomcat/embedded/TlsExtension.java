/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat.embedded;

import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.tomcat.embedded.Tomcat10EmbeddedContainer;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** Replaces the adapter's container by the one with a TLS connector. */
public final class TlsExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.override(DeployableContainer.class, Tomcat10EmbeddedContainer.class, TlsContainer.class);
    }
}
