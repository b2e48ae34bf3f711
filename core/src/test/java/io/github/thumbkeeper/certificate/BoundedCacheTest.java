/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedCacheTest {

    private static final int THREADS = 4;

    @Test
    void findsByEqualityOrIdentity() {
        String key = "key";
        String equal = new String(key.toCharArray());
        BoundedCache<String, Integer> equality = BoundedCache.byEquality(8);
        BoundedCache<String, Integer> identity = BoundedCache.byIdentity(8);
        equality.put(key, 1);
        identity.put(key, 2);

        assertThat(equality.get(equal)).isEqualTo(1);
        assertThat(identity.get(equal)).isNull();
        assertThat(identity.get(key)).isEqualTo(2);
        identity.put(key, 3);
        assertThat(identity.get(key)).isEqualTo(3);
    }

    @Test
    void keepsNoMoreEntriesThanItsSize() {
        BoundedCache<Integer, Integer> cache = BoundedCache.byEquality(8);
        IntStream.range(0, 1000).forEach(i -> cache.put(i, i));

        assertThat(IntStream.range(0, 1000).filter(i -> cache.get(i) != null)).hasSizeLessThanOrEqualTo(8);
        assertThat(cache.get(999)).isEqualTo(999);
    }

    /** Small caches, so that threads replace the entries of each other all the time. */
    @ParameterizedTest(name = "by identity: {0}")
    @ValueSource(booleans = {true, false})
    void returnsNoValueOfAnotherKeyWhileThreadsReplaceEntries(boolean byIdentity) throws Exception {
        BoundedCache<String, List<String>> cache = byIdentity ? BoundedCache.byIdentity(2) : BoundedCache.byEquality(2);
        List<String> keys = IntStream.range(0, 64).mapToObj(i -> "key" + i).toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> wrong = threads.invokeAll(Collections.nCopies(THREADS, () -> wrongValues(cache, keys)));
            for (Future<Long> each : wrong) {
                assertThat(each.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long wrongValues(BoundedCache<String, List<String>> cache, List<String> keys) {
        long wrong = 0;
        for (int i = 0; i < 200_000; i++) {
            String key = keys.get(ThreadLocalRandom.current().nextInt(keys.size()));
            List<String> value = cache.get(key);
            if (value == null) {
                cache.put(key, List.of(key));
            } else if (!value.equals(List.of(key))) {
                wrong++;
            }
        }
        return wrong;
    }

    @Test
    void refusesASizeThatIsNotAPowerOfTwo() {
        assertThatThrownBy(() -> BoundedCache.byEquality(100)).hasMessageContaining("expected a power of two");
    }
}
