/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.Slow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@Slow
class H2StoreTest extends SqlStoreContract {

    private static final H2Database DATABASE = new H2Database("H2StoreTest");

    @BeforeAll
    static void create() throws Exception {
        DATABASE.create();
    }

    @AfterAll
    static void stop() throws Exception {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }

    @Override
    String failing(String number) {
        return "1 / (" + number + " - 2500)";
    }

    @Override
    String instant(String text) {
        return "TIMESTAMP WITH TIME ZONE '" + text + "+00:00'";
    }

    @Override
    String slowQuery() {
        return "SELECT MAX(HASH('SHA-256', a.x || b.x, 100)) AS certificate"
                + " FROM SYSTEM_RANGE(1, 100000) a, SYSTEM_RANGE(1, 100000) b";
    }

    @Override
    String writingQuery() {
        return "SELECT thumbprint FROM FINAL TABLE" + " (INSERT INTO thumbkeeper_client (thumbprint) VALUES ('"
                + "ab".repeat(32) + "'))";
    }
}
