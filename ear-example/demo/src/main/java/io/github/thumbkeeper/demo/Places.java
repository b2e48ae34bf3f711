/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.demo;

import java.nio.file.Path;

/**
 * Where the build has put what the demo needs.
 *
 * @param tomcat the unpacked Tomcat, which stays as it is
 * @param files the configuration and the applications
 * @param classes the compiled classes of this module
 * @param valve the packaged valve
 * @param filter the packaged filter, all in one jar
 * @param target the folder of the build, where the folder of this run is made
 */
record Places(Path tomcat, Path files, Path classes, Path valve, Path filter, Path target) {

    static Places ofSystemProperties() {
        return new Places(
                path("tomcat"), path("files"), path("classes"), path("valve"), path("filter"), path("target"));
    }

    private static Path path(String name) {
        String value = System.getProperty("demo." + name);
        if (value == null) {
            throw new IllegalStateException("demo." + name + " is not set; run the demo as: mvn -Pdemo verify");
        }
        return Path.of(value);
    }
}
