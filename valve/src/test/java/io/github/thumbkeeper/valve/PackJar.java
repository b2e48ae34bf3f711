/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;
import org.objectweb.asm.TypePath;

/**
 * Program of the build: makes the packaged jar smaller. It removes unused classes and methods, debug information and generic types from the libraries within, and from our
 * own classes the names of local variables and parameters and the annotations of types; line numbers stay, for stack traces. It puts
 * the command line into a jar within the jar, whose entries are stored, so that they are compressed as a whole.
 */
final class PackJar {

    private static final String LIBRARIES = "io/github/thumbkeeper/shaded/";
    private static final String PICOCLI = LIBRARIES + "picocli/";
    private static final String CLASS = ".class";
    private static final String COMMANDS = "io/github/thumbkeeper/cli/";

    private PackJar() {}

    /** Replaces the jar that the argument names. */
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream commandBytes = new ByteArrayOutputStream();
        try (ZipFile before = new ZipFile(jar.toFile());
                ZipOutputStream after = new ZipOutputStream(bytes)) {
            after.setLevel(Deflater.BEST_COMPRESSION);
            Map<String, byte[]> classes = classes(before);
            UsedMembers used = new UsedMembers(classes, name -> name.startsWith(LIBRARIES));
            try (ZipOutputStream commands = new ZipOutputStream(commandBytes)) {
                commands.setMethod(ZipOutputStream.STORED);
                for (ZipEntry entry : files(before)) {
                    byte[] content = classes.get(className(entry));
                    if (content == null) {
                        byte[] file = before.getInputStream(entry).readAllBytes();
                        add(after, entry, file, compressedSize(file));
                    } else if (used.isUsed(className(entry))) {
                        byte[] kept = stripped(className(entry), content, used);
                        boolean command = entry.getName().startsWith(COMMANDS)
                                || entry.getName().startsWith(PICOCLI);
                        add(command ? commands : after, entry, kept, command ? kept.length : compressedSize(kept));
                    }
                }
            }
            ZipEntry nested = new ZipEntry("META-INF/thumbkeeper-cli.jar");
            nested.setTimeLocal(before.getEntry("META-INF/MANIFEST.MF").getTimeLocal());
            add(after, nested, commandBytes.toByteArray(), compressedSize(commandBytes.toByteArray()));
        }
        Files.write(jar, bytes.toByteArray());
    }

    /** Returns the files of a jar without those of packages, which have annotations for the compiler only. */
    private static List<ZipEntry> files(ZipFile jar) {
        return jar.stream()
                .filter(entry -> !entry.isDirectory() && !entry.getName().endsWith("/package-info.class"))
                .map(ZipEntry::new)
                .toList();
    }

    private static Map<String, byte[]> classes(ZipFile jar) throws IOException {
        Map<String, byte[]> classes = new HashMap<>();
        for (ZipEntry entry : files(jar)) {
            if (entry.getName().endsWith(CLASS)) {
                classes.put(className(entry), jar.getInputStream(entry).readAllBytes());
            }
        }
        return classes;
    }

    private static String className(ZipEntry entry) {
        String name = entry.getName();
        return name.endsWith(CLASS) ? name.substring(0, name.length() - CLASS.length()) : name;
    }

    /** Adds an entry with its sizes, which otherwise would follow its content in a record of their own. */
    private static void add(ZipOutputStream jar, ZipEntry before, byte[] content, int size) throws IOException {
        ZipEntry entry = new ZipEntry(before.getName());
        entry.setTimeLocal(before.getTimeLocal());
        CRC32 sum = new CRC32();
        sum.update(content);
        entry.setCrc(sum.getValue());
        entry.setSize(content.length);
        entry.setCompressedSize(size);
        jar.putNextEntry(entry);
        jar.write(content);
        jar.closeEntry();
    }

    private static int compressedSize(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] buffer = new byte[8192];
        int size = 0;
        while (!deflater.finished()) {
            size += deflater.deflate(buffer);
        }
        deflater.end();
        return size;
    }

    private static byte[] stripped(String name, byte[] content, UsedMembers used) {
        ClassReader reader = new ClassReader(content);
        ClassWriter writer = new ClassWriter(0);
        boolean library = name.startsWith(LIBRARIES);
        reader.accept(
                library ? new WithoutDeclarations(writer, used) : new WithoutVariables(writer),
                library ? ClassReader.SKIP_DEBUG : 0);
        return writer.toByteArray();
    }

    /** Copies a class without unused methods and what only a compiler reads: the parameters of types, and which classes are nested in which. */
    private static final class WithoutDeclarations extends ClassVisitor {

        private final UsedMembers used;
        private String className = "";

        WithoutDeclarations(ClassVisitor next, UsedMembers used) {
            super(Opcodes.ASM9, next);
            this.used = used;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            className = name;
            super.visit(version, access, name, null, parent, interfaces);
        }

        @Override
        public void visitInnerClass(String name, String outerName, String innerName, int access) {}

        @Override
        public void visitNestMember(String name) {
            if (used.isUsed(name)) {
                super.visitNestMember(name);
            }
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            return super.visitField(access, name, descriptor, null, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return used.isUsed(className, name, descriptor)
                    ? super.visitMethod(access, name, descriptor, null, exceptions)
                    : null;
        }
    }

    /** Copies a class without the names of variables and without annotations of types, which only the compiler reads. */
    private static final class WithoutVariables extends ClassVisitor {

        WithoutVariables(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public AnnotationVisitor visitTypeAnnotation(int type, TypePath path, String descriptor, boolean visible) {
            return null;
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            return new FieldVisitor(Opcodes.ASM9, super.visitField(access, name, descriptor, signature, value)) {
                @Override
                public AnnotationVisitor visitTypeAnnotation(
                        int type, TypePath path, String annotation, boolean visible) {
                    return null;
                }
            };
        }

        @Override
        public RecordComponentVisitor visitRecordComponent(String name, String descriptor, String signature) {
            return new RecordComponentVisitor(Opcodes.ASM9, super.visitRecordComponent(name, descriptor, signature)) {
                @Override
                public AnnotationVisitor visitTypeAnnotation(
                        int type, TypePath path, String annotation, boolean visible) {
                    return null;
                }
            };
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new WithoutNames(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class WithoutNames extends MethodVisitor {

        WithoutNames(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitLocalVariable(
                String name, String descriptor, String signature, Label start, Label end, int index) {}

        @Override
        public void visitParameter(String name, int access) {}

        @Override
        public AnnotationVisitor visitTypeAnnotation(int type, TypePath path, String annotation, boolean visible) {
            return null;
        }

        @Override
        public AnnotationVisitor visitInsnAnnotation(int type, TypePath path, String annotation, boolean visible) {
            return null;
        }

        @Override
        public AnnotationVisitor visitTryCatchAnnotation(int type, TypePath path, String annotation, boolean visible) {
            return null;
        }

        @Override
        public AnnotationVisitor visitLocalVariableAnnotation(
                int type, TypePath path, Label[] start, Label[] end, int[] index, String annotation, boolean visible) {
            return null;
        }
    }
}
