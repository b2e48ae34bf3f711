/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One object that computes digests with an algorithm, kept while no thread uses it: making one costs more bytes than a digest.
 * Unlike an object for each thread, it goes with this class.
 *
 * <p>Only an object of the JDK is kept. An application may register a provider of its own for the whole JVM; the code of one that has
 * been removed must not compute thumbprints, nor keep the classes of the application in memory.
 *
 * <p>Thread-safe without a lock: a thread takes the object out, and others make their own meanwhile.
 */
final class DigestPool {

    private static final Map<DigestAlgorithm, DigestPool> POOLS = new EnumMap<>(DigestAlgorithm.class);

    static {
        Stream.of(DigestAlgorithm.values()).forEach(each -> POOLS.put(each, new DigestPool(each)));
    }

    private final DigestAlgorithm algorithm;
    private final AtomicReference<@Nullable MessageDigest> idle = new AtomicReference<>();

    DigestPool(DigestAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    static DigestPool of(DigestAlgorithm algorithm) {
        return Objects.requireNonNull(POOLS.get(algorithm));
    }

    /** Computes a digest. An object that fails is not kept, since it may have begun a digest. */
    byte[] digest(byte[] bytes) {
        MessageDigest known = idle.getAndSet(null);
        MessageDigest own = known == null ? algorithm.newDigest() : known;
        byte[] digest = own.digest(bytes);
        if (isOfJdk(own)) {
            idle.set(own);
        }
        return digest;
    }

    private static boolean isOfJdk(MessageDigest digest) {
        ClassLoader loader = digest.getProvider().getClass().getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
