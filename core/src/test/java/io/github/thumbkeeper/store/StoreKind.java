/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static io.github.thumbkeeper.store.StoreUnderTest.Event.ADDED;
import static io.github.thumbkeeper.store.StoreUnderTest.Event.CUT_OFF;
import static io.github.thumbkeeper.store.StoreUnderTest.Event.EMPTIED;
import static io.github.thumbkeeper.store.StoreUnderTest.Event.REMOVED;
import static io.github.thumbkeeper.store.StoreUnderTest.Event.SLOW;

import io.github.thumbkeeper.store.Databases.Product;
import io.github.thumbkeeper.store.StoreUnderTest.Event;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** The kinds of lists of certificates, one a row, each with the events that are impossible for it and the reason. */
@SuppressWarnings("ImmutableEnumChecker") // the maps are immutable
enum StoreKind {
    THUMBPRINT_LIST((folder, servers) -> new FileUnderTest(folder, FileFormat.LIST), Map.of(SLOW, Reasons.FILE)),
    PEM_FILE(
            (folder, servers) -> new FileUnderTest(folder, FileFormat.PEM),
            Map.of(EMPTIED, "a PEM file without a certificate is not empty but unreadable", SLOW, Reasons.FILE)),
    DER_FILE(
            (folder, servers) -> new FileUnderTest(folder, FileFormat.DER),
            Map.of(
                    ADDED, Reasons.DER,
                    REMOVED, Reasons.DER,
                    EMPTIED, Reasons.DER,
                    SLOW, Reasons.FILE)),
    PEM_DIRECTORY((folder, servers) -> new DirectoryUnderTest(folder), Map.of(SLOW, Reasons.FILE)),
    PKCS12((folder, servers) -> new FileUnderTest(folder, FileFormat.PKCS12), Map.of(SLOW, Reasons.FILE)),
    JKS((folder, servers) -> new FileUnderTest(folder, FileFormat.JKS), Map.of(SLOW, Reasons.FILE)),
    BCFKS((folder, servers) -> new FileUnderTest(folder, FileFormat.BCFKS), Map.of(SLOW, Reasons.FILE)),
    JNDI_KEY_STORE((folder, servers) -> new BoundKeyStore(), Map.of()),
    JNDI_LIVE_KEY_STORE((folder, servers) -> new BoundLiveKeyStore(folder), Map.of()),
    JNDI_COLLECTION((folder, servers) -> new BoundCollection(false), Map.of()),
    JNDI_ARRAY((folder, servers) -> new BoundCollection(true), Map.of(CUT_OFF, "an array is copied in one step")),
    JNDI_LOCATION((folder, servers) -> new BoundLocation(folder), Map.of()),
    SQL_H2((folder, servers) -> new SqlUnderTest(Product.H2, servers), Map.of(SLOW, "readers of H2 never wait")),
    SQL_POSTGRESQL((folder, servers) -> new SqlUnderTest(Product.POSTGRESQL, servers), Map.of()),
    SQL_MARIADB((folder, servers) -> new SqlUnderTest(Product.MARIADB, servers), Map.of()),
    LDAP((folder, servers) -> new LdapUnderTest(), Map.of());

    private final Starter starter;
    private final Map<Event, String> impossible;

    private static final class Reasons {
        static final String DER = "a DER file is one certificate";
        static final String FILE = "a mount that hangs takes privileges to make; GateOutageTest has a store that hangs";
    }

    private interface Starter {
        StoreUnderTest start(Path folder, Databases servers) throws Exception;
    }

    StoreKind(Starter starter, Map<Event, String> impossible) {
        this.starter = starter;
        this.impossible = impossible;
    }

    /** Makes the real part, without entries; the folder is its own, the servers are shared. */
    StoreUnderTest start(Path folder, Databases servers) throws Exception {
        return starter.start(folder, servers);
    }

    boolean can(Event event) {
        return !impossible.containsKey(event);
    }

    static Stream<StoreKind> thatCan(Event event) {
        return Arrays.stream(values()).filter(kind -> kind.can(event));
    }
}
