/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The Tomcat configuration of a recipe in {@code docs/proxies.md}, for a Tomcat within the test. */
final class ProxyRecipe {

    private static final String CONNECTOR = "connector.xml";
    private static final String FILTER = "filter.xml";

    private ProxyRecipe() {}

    /** The settings of the valve, with this store. */
    static Map<String, String> settings(String recipe, Path store) throws IOException {
        Map<String, String> settings = new HashMap<>(RecipeXml.attributes(file(recipe), "Valve"));
        settings.put("store", store.toString());
        return settings;
    }

    /** Returns the settings of the filter that differ from those of the valve. */
    static Map<String, String> filterOnly() throws IOException {
        Map<String, String> settings = RecipeXml.initParameters(file(FILTER));
        settings.remove("certificateHeader");
        settings.remove("store");
        return settings;
    }

    /** Returns the attributes of the connector, except its address and port. */
    static Map<String, String> connector() throws IOException {
        return connector(CONNECTOR);
    }

    /** Returns the attributes of this recipe's connector, except its address and port. */
    static Map<String, String> connector(String recipe) throws IOException {
        Map<String, String> attributes = new HashMap<>(RecipeXml.attributes(file(recipe), "Connector"));
        attributes.remove("protocol");
        attributes.remove("address");
        attributes.remove("port");
        return attributes;
    }

    private static Path file(String recipe) {
        return RealProxy.RECIPES.resolve(recipe);
    }
}
