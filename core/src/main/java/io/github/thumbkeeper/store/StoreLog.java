/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.System.Logger.Level;

/**
 * The log of what happens to stores. A log that cannot be written must not keep a list from taking effect.
 *
 * <p>Safe to share between threads.
 */
final class StoreLog {

    private final System.Logger logger = System.getLogger(Stores.class.getName());

    void write(Level level, String line) {
        try {
            logger.log(level, line);
        } catch (RuntimeException | Error e) {
            // There is no other place to complain.
        }
    }
}
