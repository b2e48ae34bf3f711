/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The two ways to put a gate before an application; both behave the same. */
enum FrontEnd {
    VALVE {
        @Override
        void guard(Context context, Map<String, String> settings) {
            context.getPipeline().addValve(valve(settings));
        }
    },
    FILTER {
        @Override
        void guard(Context context, Map<String, String> settings) {
            FilterDef filter = new FilterDef();
            // There may be another one already.
            String name = "gate" + context.findFilterDefs().length;
            filter.setFilterName(name);
            filter.setFilterClass(ClientCertificateFilter.class.getName());
            filter.setAsyncSupported("true");
            settings.forEach(filter::addInitParameter);
            context.addFilterDef(filter);
            FilterMap mapping = new FilterMap();
            mapping.setFilterName(name);
            mapping.addURLPattern("/*");
            for (String dispatcher : new String[] {"REQUEST", "ASYNC", "FORWARD", "INCLUDE", "ERROR"}) {
                mapping.setDispatcher(dispatcher);
            }
            context.addFilterMap(mapping);
        }
    };

    /** Puts a gate with these settings before an application. */
    abstract void guard(Context context, Map<String, String> settings);

    /** Returns a valve with these settings, for any place in Tomcat. */
    static ClientCertificateValve valve(Map<String, String> settings) {
        ClientCertificateValve valve = new ClientCertificateValve();
        settings.forEach(valve::setProperty);
        return valve;
    }
}
