/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Sets the server up before Arquillian reads arquillian.xml, which names ports and folders of the run. */
public final class SiteExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        Site.current();
    }
}
