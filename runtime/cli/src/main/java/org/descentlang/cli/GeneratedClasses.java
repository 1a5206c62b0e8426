package org.descentlang.cli;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.javac.Javac;
import org.descentlang.runtime.UserException;
import org.descentlang.runtime.kernel.Kernels;
import org.descentlang.runtime.training.TrainingProgram;

/** Classes made from generated Java. */
final class GeneratedClasses extends ClassLoader {
    private static final List<String> OPTIONS = List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "-proc:none",
            "-implicit:none",
            "-Xlint:none",
            "-nowarn",
            "-parameters");

    private final Map<String, byte[]> code;

    private GeneratedClasses(Map<String, byte[]> code) {
        super(GeneratedClasses.class.getClassLoader());
        this.code = code;
    }

    /** In memory only. */
    static GeneratedClasses inMemory(List<JavaFile> files) {
        return compile(files, List.of());
    }

    /**
     * In a folder on the class path, where TornadoVM looks for kernels, and in whose tables of local variables it looks
     * for their arguments.
     *
     * @throws UserException if this JVM was not started with such a folder
     */
    static GeneratedClasses onClassPath(List<JavaFile> files) {
        ClassFolder folder = ClassFolder.given()
                .orElseThrow(
                        () -> new UserException("TornadoVM takes its kernels from the class path: start Java with a"
                                + " new folder on it, and with that folder as -Ddescent.classes"));
        var options = List.of(
                "-g", "--module-path", System.getProperty("jdk.module.path", ""), "--add-modules", "tornado.api");
        var classes = compile(files, options);
        folder.write(classes.code);
        return classes;
    }

    private static GeneratedClasses compile(List<JavaFile> files, List<String> more) {
        var javac = Javac.ofThisJava()
                .orElseThrow(() -> new UserException(
                        "training needs a JDK, but this Java has no compiler: " + System.getProperty("java.home")));
        var options = Stream.concat(OPTIONS.stream(), more.stream()).toList();
        var ours = files.stream().filter(GeneratedClasses::isForThisMachine).toList();
        return new GeneratedClasses(javac.compile(ours, options));
    }

    private static boolean isForThisMachine(JavaFile file) {
        return file.vectorBits() == 0 || file.vectorBits() == Kernels.vectorBits();
    }

    /** The program of a `train`: the classes that users see make theirs, and each says its name. */
    TrainingProgram program(String training) {
        try {
            for (String name : code.keySet()) {
                for (Method method : loadClass(name).getMethods()) {
                    if (makesProgram(method)
                            && method.invoke(null) instanceof TrainingProgram program
                            && program.description().name().equals(training)) {
                        return program;
                    }
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("generated code cannot be loaded", e);
        }
        throw new IllegalStateException("no code was generated for " + training);
    }

    private static boolean makesProgram(Method method) {
        return Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == TrainingProgram.class
                && method.getParameterCount() == 0;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = code.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }
}
