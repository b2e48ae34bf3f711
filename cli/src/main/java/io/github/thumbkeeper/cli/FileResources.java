/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;

/** Resources for one path that is known already, outside of any container. Immutable and thread-safe. */
final class FileResources implements ContainerResources {

    private final Path path;

    FileResources(Path path) {
        this.path = path;
    }

    /** Never called: the location is a path. */
    @Override
    public Object lookup(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** Never called: the location is a path. */
    @Override
    public Object lookupGlobal(String name) {
        throw new UnsupportedOperationException(name);
    }

    @Override
    public Path file(String location) {
        return path;
    }
}
