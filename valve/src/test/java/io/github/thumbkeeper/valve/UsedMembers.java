/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.MethodRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Finds the classes and methods of the libraries in a jar that our own classes can reach.
 *
 * <p>A method counts as reached if any reached method calls one of its name and descriptor, in whatever class: no analysis of types can
 * be wrong. Reached in any case are overrides of the JDK's methods, constructors without parameters, methods with annotations, and what
 * enums and annotations have. Not thread-safe.
 */
final class UsedMembers {

    /** What a method, or a class outside its methods, refers to. */
    private static final class References extends Remapper {
        final Set<String> types = new HashSet<>();
        final Set<String> calls = new HashSet<>();
        boolean annotated;

        References() {
            super(Opcodes.ASM9);
        }

        @Override
        public String map(String internalName) {
            types.add(internalName);
            return internalName;
        }

        @Override
        public Object mapValue(Object value) {
            if (value instanceof String text) {
                types.add(text.replace('.', '/'));
            } else if (value instanceof Handle handle) {
                calls.add(call(handle.getOwner(), handle.getName(), handle.getDesc()));
            }
            return super.mapValue(value);
        }
    }

    /** A class of the jar. */
    private static final class Scanned extends ClassVisitor {
        final References outside = new References();
        final Map<String, References> methods = new LinkedHashMap<>();
        final List<String> parents = new ArrayList<>();
        int access;

        Scanned() {
            super(Opcodes.ASM9);
            cv = new ClassRemapper(null, outside) {};
        }

        @Override
        public void visit(int version, int flags, String name, String signature, String parent, String[] interfaces) {
            access = flags;
            parents.add(parent);
            parents.addAll(List.of(interfaces));
            super.visit(version, flags, name, null, parent, interfaces);
        }

        @Override
        public void visitInnerClass(String name, String outerName, String innerName, int flags) {}

        @Override
        public void visitNestMember(String name) {}

        @Override
        public MethodVisitor visitMethod(
                int flags, String name, String descriptor, String signature, String[] exceptions) {
            References references = new References();
            methods.put(name + descriptor, references);
            references.mapMethodDesc(descriptor);
            for (int i = 0; exceptions != null && i < exceptions.length; i++) {
                references.map(exceptions[i]);
            }
            return new MethodRemapper(null, references) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String called, String of, boolean ofInterface) {
                    references.calls.add(call(owner, called, of));
                    super.visitMethodInsn(opcode, owner, called, of, ofInterface);
                }

                @Override
                public void visitInvokeDynamicInsn(String called, String of, Handle bootstrap, Object... arguments) {
                    if (arguments.length > 0 && arguments[0] instanceof Type implemented) {
                        references.calls.add(called + implemented.getDescriptor());
                    }
                    super.visitInvokeDynamicInsn(called, of, bootstrap, arguments);
                }

                @Override
                public AnnotationVisitor visitAnnotation(String of, boolean visible) {
                    references.annotated = true;
                    return super.visitAnnotation(of, visible);
                }
            };
        }
    }

    private final Map<String, Scanned> classes = new HashMap<>();
    private final Set<String> reachedClasses = new HashSet<>();
    private final Set<String> reachedMethods = new HashSet<>();
    private final Set<String> calls = new HashSet<>();

    /**
     * Scans the classes of a jar.
     *
     * @param contents the content of each class, by its internal name
     * @param library whether a class, by its internal name, belongs to a library
     */
    UsedMembers(Map<String, byte[]> contents, Predicate<String> library) {
        contents.forEach((name, content) -> {
            Scanned scanned = new Scanned();
            new ClassReader(content).accept(scanned, ClassReader.SKIP_DEBUG);
            classes.put(name, scanned);
        });
        for (String name : classes.keySet()) {
            if (!library.test(name)) {
                reach(name);
                classes.get(name).methods.keySet().forEach(method -> reachMethod(name, method));
            }
        }
        int before;
        do {
            before = reachedMethods.size() + reachedClasses.size();
            for (String name : reachedClasses.stream().filter(library).toList()) {
                Scanned scanned = classes.get(name);
                scanned.methods.forEach((method, references) -> {
                    if (isReached(name, scanned, method, references)) {
                        reachMethod(name, method);
                    }
                });
            }
        } while (reachedMethods.size() + reachedClasses.size() > before);
    }

    /** Returns whether the class is needed. */
    boolean isUsed(String className) {
        return reachedClasses.contains(className);
    }

    /** Returns whether the method is needed. */
    boolean isUsed(String className, String method, String descriptor) {
        return reachedMethods.contains(className + "." + method + descriptor);
    }

    private static String call(String owner, String name, String descriptor) {
        return name.equals("<init>") ? owner + "." + name + descriptor : name + descriptor;
    }

    private boolean isReached(String name, Scanned scanned, String method, References references) {
        return calls.contains(method.startsWith("<init>") ? name + "." + method : method)
                || method.equals("<clinit>()V")
                || method.equals("<init>()V")
                || references.annotated
                || (scanned.access & (Opcodes.ACC_ENUM | Opcodes.ACC_ANNOTATION)) != 0
                || overrides(scanned).contains(method);
    }

    private void reach(String name) {
        Scanned scanned = classes.get(name);
        if (scanned != null && reachedClasses.add(name)) {
            scanned.outside.types.forEach(this::reach);
        }
    }

    private void reachMethod(String name, String method) {
        if (reachedMethods.add(name + "." + method)) {
            References references = classes.get(name).methods.get(method);
            references.types.forEach(this::reach);
            calls.addAll(references.calls);
        }
    }

    /** Returns the methods of the JDK that a class inherits, which the JDK may call. */
    private Set<String> overrides(Scanned scanned) {
        Set<String> inherited = new HashSet<>();
        for (String parent : scanned.parents) {
            Scanned ours = classes.get(parent);
            inherited.addAll(ours == null ? ofJdk(parent) : overrides(ours));
        }
        return inherited;
    }

    private final Map<String, Set<String>> jdk = new HashMap<>();

    private Set<String> ofJdk(String name) {
        Set<String> known = jdk.get(name);
        if (known == null) {
            known = new HashSet<>();
            for (Class<?> each : supertypes(name)) {
                for (Method method : each.getDeclaredMethods()) {
                    known.add(method.getName() + Type.getMethodDescriptor(method));
                }
            }
            jdk.put(name, known);
        }
        return known;
    }

    private static Set<Class<?>> supertypes(String name) {
        Set<Class<?>> all = new HashSet<>();
        List<Class<?>> open = new ArrayList<>();
        try {
            open.add(Class.forName(name.replace('/', '.'), false, UsedMembers.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        while (!open.isEmpty()) {
            Class<?> next = open.remove(open.size() - 1);
            if (all.add(next)) {
                open.addAll(List.of(next.getInterfaces()));
                if (next.getSuperclass() != null) {
                    open.add(next.getSuperclass());
                }
            }
        }
        return all;
    }
}
