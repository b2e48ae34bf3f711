/**
 * Opens the loader for a configured location: a path, a JNDI name or a bound object.
 *
 * <p>{@code Locations} decides by the text: {@code java:} and {@code jndi:} names lead to a {@code JndiLoader}, other texts to a
 * {@code PathLoader}. At each load, the first looks up the object and determines its kind ({@code BoundObject}); the second
 * chooses between file and directory. A front end implements {@code ContainerResources}.
 *
 * <p>No remote scheme is ever looked up, and a bound text never leads to another name (CVE-2021-44228).
 */
@NullMarked
package io.github.thumbkeeper.store.location;

import org.jspecify.annotations.NullMarked;
