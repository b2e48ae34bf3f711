/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;

/** A container with the resources that a test gives it; it records each look-up. */
public final class FakeResources implements ContainerResources {

    private final Map<String, Object> bound = new HashMap<>();
    private final Map<String, Path> files = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    /** Binds an object to a name of the local or of the global naming context. */
    public void bind(String name, Object object) {
        bound.put(name, object);
    }

    /** Resolves a location to a file. */
    public void file(String location, Path path) {
        files.put(location, path);
    }

    /** Returns the look-ups so far, such as {@code lookup java:comp/env/x}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Object lookup(String name) throws NamingException {
        return find("lookup ", name);
    }

    @Override
    public Object lookupGlobal(String name) throws NamingException {
        return find("lookupGlobal ", name);
    }

    @Override
    public Path file(String location) {
        asked.add("file " + location);
        return files.getOrDefault(location, Path.of(location));
    }

    private Object find(String how, String name) throws NamingException {
        asked.add(how + name);
        if (!bound.containsKey(name)) {
            throw new NameNotFoundException(name);
        }
        return bound.get(name);
    }
}
