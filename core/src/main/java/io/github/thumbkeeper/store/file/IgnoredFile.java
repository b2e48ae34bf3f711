/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.FileFormats;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.store.StoreException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a directory that does not count, and the reason.
 *
 * <p>Immutable and thread-safe.
 *
 * @param stamp what changes when the file does, as far as that matters for a warning
 * @param warning the warning for the administrator
 */
record IgnoredFile(Object stamp, String warning) {

    /** Enough to recognise a file. */
    private static final int HEAD = 1 << 14;

    private static final String FOLDER = "folder";

    /** Describes a file that does not count because of its name. Reads only its beginning, and only if it has changed. */
    static IgnoredFile byName(StoreFile file, String expected, @Nullable IgnoredFile before) {
        Object stamp = stamp(file);
        return before != null && before.stamp.equals(stamp)
                ? before
                : new IgnoredFile(stamp, text(file.name(), why(file, stamp, expected)));
    }

    /** Describes a file that does not count because of its content. */
    static IgnoredFile byContent(String name, String why) {
        return new IgnoredFile(why, text(name, "it " + why));
    }

    /** Returns the earlier description if it says the same. */
    IgnoredFile orSame(@Nullable IgnoredFile earlier) {
        return earlier != null && earlier.equals(this) ? earlier : this;
    }

    /** Returns the warnings, the first of them in full. */
    static List<String> warnings(Collection<IgnoredFile> files) {
        BoundedMessages warnings = new BoundedMessages();
        files.forEach(file -> warnings.add(file.warning));
        return warnings.toList();
    }

    private static String text(String name, String why) {
        return "store [" + name + "] is ignored: " + why;
    }

    private static Object stamp(StoreFile file) {
        try {
            return Files.isDirectory(file.path()) ? FOLDER : file.stamp();
        } catch (StoreException e) {
            return e.why();
        }
    }

    private static String why(StoreFile file, Object stamp, String expected) {
        if (stamp.equals(FOLDER)) {
            return "it is a folder; only files directly in the named folder are read";
        }
        if (stamp instanceof String problem) {
            return "it " + problem;
        }
        String name = "its name does not end in " + expected;
        try {
            return name
                    + FileFormats.of(file.head(HEAD)).map(IgnoredFile::remedy).orElse("");
        } catch (StoreException e) {
            return name;
        }
    }

    private static String remedy(ContentFormat format) {
        return format == ContentFormat.CERTIFICATE || format == ContentFormat.PKCS7
                ? "; it seems to be " + format.description() + ": rename it if it is to count"
                : "; it " + format.sentence();
    }
}
