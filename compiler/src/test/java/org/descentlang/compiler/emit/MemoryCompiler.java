package org.descentlang.compiler.emit;

import java.util.List;
import java.util.Map;
import org.descentlang.compiler.javac.Javac;

/** Compiles generated Java in memory, with every warning an error, and loads it. */
final class MemoryCompiler extends ClassLoader {
    private static final List<String> OPTIONS =
            List.of("--add-modules", "jdk.incubator.vector", "-Xlint:all,-incubating", "-Werror", "-proc:none");

    private final Map<String, byte[]> classes;

    private MemoryCompiler(Map<String, byte[]> classes) {
        super(MemoryCompiler.class.getClassLoader());
        this.classes = classes;
    }

    static MemoryCompiler compile(List<JavaFile> files) {
        return new MemoryCompiler(Javac.ofThisJava().orElseThrow().compile(files, OPTIONS));
    }

    /** Class files by binary name. */
    Map<String, byte[]> classes() {
        return classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
