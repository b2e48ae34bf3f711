/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What {@code docs/proxies.md} tells people to write into Tomcat's files, for a Tomcat within the test. */
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

    /** What the filter is given besides, or in place of that. */
    static Map<String, String> filterOnly() throws IOException {
        Map<String, String> settings = RecipeXml.initParameters(file(FILTER));
        settings.remove("certificateHeader");
        settings.remove("store");
        return settings;
    }

    /** The attributes of the connector but for its place. */
    static Map<String, String> connector() throws IOException {
        return connector(CONNECTOR);
    }

    /** The attributes of the connector of this recipe but for its place. */
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
