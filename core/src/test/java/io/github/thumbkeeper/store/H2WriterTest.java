/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.testkit.Slow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

@Slow
class H2WriterTest extends SqlWriterContract {

    private static final H2Database DATABASE = new H2Database("H2WriterTest");

    @BeforeAll
    static void create() throws Exception {
        DATABASE.create();
        DATABASE.createForWriting();
    }

    @AfterAll
    static void stop() throws Exception {
        DATABASE.close();
    }

    @Override
    TestDatabase database() {
        return DATABASE;
    }
}
