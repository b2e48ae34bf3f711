/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo.recipes;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The recipe for embedded Tomcat in docs/getting-started-filter.md. */
final class EmbeddedTomcat {

    private EmbeddedTomcat() {}

    static void guard(Context context, String thumbprint) {
        FilterDef filter = new FilterDef();
        filter.setFilterName("clientCertificate");
        filter.setFilter(new ClientCertificateFilter(Map.of("thumbprints", thumbprint)));
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);

        FilterMap everything = new FilterMap();
        everything.setFilterName("clientCertificate");
        everything.addURLPattern("/*");
        everything.setDispatcher("REQUEST");
        everything.setDispatcher("ASYNC");
        context.addFilterMapBefore(everything);
    }
}
