/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of an object bound in JNDI, looked up at each reading; a bound text names a path. */
final class TrustedObject implements Loader<NamedCertificate> {

    private final JndiName name;
    private final Opener opener;
    private @Nullable Nested nested;

    /** Makes the material of a path. */
    @FunctionalInterface
    interface Opener {
        Loader<NamedCertificate> open(String location) throws StoreException;
    }

    /** What a bound text names, and what that held last. */
    private record Nested(String text, Loader<NamedCertificate> material, Loaded<NamedCertificate> held) {}

    TrustedObject(JndiName name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    @Override
    public String location() {
        return name.location();
    }

    @Override
    public Loaded<NamedCertificate> read(@Nullable Loaded<NamedCertificate> previous) throws StoreException {
        return name.guard(() -> {
            Object bound = name.lookUp();
            String text = BoundText.of(location(), bound);
            return text == null ? ofObject(bound, previous) : ofText(text, previous);
        });
    }

    private Loaded<NamedCertificate> ofObject(Object bound, @Nullable Loaded<NamedCertificate> previous)
            throws StoreException {
        BoundObject read = BoundObject.of(location(), bound, false);
        nested = null;
        return previous != null && read.equals(previous.state())
                ? previous
                : new Loaded<>(read.certificates(), read.warnings(), List.of(), read);
    }

    /** What another place held before means nothing to this one. */
    @SuppressWarnings("ReferenceEquality") // what is held is known by the object
    private Loaded<NamedCertificate> ofText(String text, @Nullable Loaded<NamedCertificate> previous)
            throws StoreException {
        Nested last = nested;
        Loader<NamedCertificate> material =
                last != null && last.text().equals(text) ? last.material() : opener.open(text);
        Loaded<NamedCertificate> own =
                last != null && last.text().equals(text) && last.held() == previous ? previous : null;
        Loaded<NamedCertificate> held = material.read(own);
        nested = new Nested(text, material, held);
        return held;
    }
}
