/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An element of a policy document. Immutable and thread-safe.
 *
 * @param index the index of its start tag in the document
 * @param texts the pieces of text directly in the element
 */
record PolicyElement(
        int index,
        String name,
        List<PolicyAttribute> attributes,
        List<PolicyElement> children,
        List<PolicyValue> texts) {

    boolean is(String other) {
        return name.equals(other);
    }

    @Nullable
    PolicyValue attribute(String wanted) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(wanted))
                .map(PolicyAttribute::value)
                .findFirst()
                .orElse(null);
    }

    /** Returns this element and all elements in it. */
    Stream<PolicyElement> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PolicyElement::all));
    }

    /** Returns whether any value in this element, or in an element in it, has the property. */
    boolean anyValue(Predicate<PolicyValue> property) {
        return all().anyMatch(element -> Stream.concat(
                        element.attributes.stream().map(PolicyAttribute::value), element.texts.stream())
                .anyMatch(property));
    }
}
