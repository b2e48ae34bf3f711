/**
 * Object factories for JNDI: key stores that follow their files, and LDAP contexts that connect on first use.
 *
 * <p>Containers create the factories by their class names. What they bind has a type of the JDK, so that the gate can use it from
 * another class loader: the valve in {@code lib} and the filter in an application have separate copies of these classes.
 *
 * <p>{@code Attributes} reads the configuration of a resource. A {@code LiveKeyStore} serves the snapshots of
 * {@code LiveCertificates} through {@code LiveKeyStoreSpi}.
 */
@NullMarked
package io.github.thumbkeeper.jndi;

import org.jspecify.annotations.NullMarked;
