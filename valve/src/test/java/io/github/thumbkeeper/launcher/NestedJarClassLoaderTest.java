/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/** The loader of the command line; {@code StockCommandLineIT} starts the packed jar. */
class NestedJarClassLoaderTest {

    @Test
    void loadsTheClassesOfTheJarOnly() throws Exception {
        ClassLoader loader = NestedJarClassLoader.of(
                new ByteArrayInputStream(jar("nested/Command")), NestedJarClassLoaderTest.class);

        Class<?> command = loader.loadClass("nested.Command");
        assertThat(command.getClassLoader()).isSameAs(loader);
        assertThat(command.getPackage().getName()).isEqualTo("nested");
        assertThat(command.getProtectionDomain()).isEqualTo(NestedJarClassLoaderTest.class.getProtectionDomain());
        assertThatThrownBy(() -> loader.loadClass("nested.Other")).isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("nested.Command")).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void saysThatTheCommandLineIsMissing() {
        assertThatThrownBy(() -> CommandLineLauncher.main(new String[0]))
                .hasMessage("The command line is missing: expected /META-INF/thumbkeeper-cli.jar in the valve's jar.");
    }

    private static byte[] jar(String className) throws IOException {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, className, null, "java/lang/Object", null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            jar.putNextEntry(new ZipEntry(className + ".class"));
            jar.write(writer.toByteArray());
        }
        return bytes.toByteArray();
    }
}
