/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of an object bound in JNDI, looked up at each reading; a bound text names a path. */
final class TrustedObject implements Loader<List<NamedCertificate>> {

    private final JndiName name;
    private final Opener opener;
    private @Nullable Nested nested;

    /** Makes the material of a path. */
    @FunctionalInterface
    interface Opener {
        Loader<List<NamedCertificate>> open(String location) throws StoreException;
    }

    /** What a bound text names, and what that held last. */
    private record Nested(String text, Loader<List<NamedCertificate>> material, Loaded<List<NamedCertificate>> held) {}

    TrustedObject(JndiName name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    @Override
    public String location() {
        return name.location();
    }

    @Override
    public Loaded<List<NamedCertificate>> load(@Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        return name.guard(() -> {
            Object bound = name.lookUp();
            String text = BoundText.of(location(), bound);
            return text == null ? ofObject(bound, previous) : ofText(text, previous);
        });
    }

    private Loaded<List<NamedCertificate>> ofObject(Object bound, @Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        BoundObject read = BoundObject.of(location(), bound, false);
        nested = null;
        return previous != null && read.equals(previous.state())
                ? previous
                : new Loaded<>(read.certificates(), read.warnings(), List.of(), read);
    }

    /** What another place held before means nothing to this one. */
    @SuppressWarnings("ReferenceEquality") // what is held is known by the object
    private Loaded<List<NamedCertificate>> ofText(String text, @Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        Nested last = nested;
        Loader<List<NamedCertificate>> material =
                last != null && last.text().equals(text) ? last.material() : opener.open(text);
        Loaded<List<NamedCertificate>> own =
                last != null && last.text().equals(text) && last.held() == previous ? previous : null;
        Loaded<List<NamedCertificate>> held = material.load(own);
        nested = new Nested(text, material, held);
        return held;
    }
}
