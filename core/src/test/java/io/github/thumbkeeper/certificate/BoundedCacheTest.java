/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

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

    @Test
    void refusesASizeThatIsNotAPowerOfTwo() {
        assertThatThrownBy(() -> BoundedCache.byEquality(100)).hasMessageContaining("expected a power of two");
    }
}
