package org.descentlang.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.javac.Javac;
import org.descentlang.runtime.UserException;

/**
 * The kernels for the Vector API as classes: javac warns of the module that incubates, whatever the flags, and a user's
 * build is to have neither the warning nor the flag.
 */
final class VectorClasses {
    private static final List<String> OPTIONS =
            List.of("--add-modules", "jdk.incubator.vector", "-proc:none", "-implicit:none", "-Xlint:none", "-nowarn");

    private static final String EXTENSION = ".java";

    private VectorClasses() {}

    /** By binary name; none if no kernel has a form for vectors. */
    static Map<String, byte[]> of(List<JavaFile> files) {
        var vectors = files.stream().filter(file -> file.vectorBits() > 0).toList();
        if (vectors.isEmpty()) {
            return Map.of();
        }
        var javac = Javac.ofThisJava()
                .orElseThrow(() -> new UserException("the kernels for the Vector API need a JDK, and this Java has no"
                        + " compiler: " + System.getProperty("java.home") + "; --no-vectors leaves them out"));
        var classes = new TreeMap<>(javac.compile(withBases(vectors, files), OPTIONS));
        classes.keySet()
                .retainAll(vectors.stream().map(VectorClasses::className).toList());
        return classes;
    }

    /**
     * With the plain kernels that they extend. Other files may need what is not there when they are made: TornadoVM.
     */
    private static List<JavaFile> withBases(List<JavaFile> vectors, List<JavaFile> files) {
        Set<String> wanted = new HashSet<>();
        for (JavaFile vector : vectors) {
            wanted.add(vector.path());
            wanted.add(vector.path().replace(vector.vectorBits() + EXTENSION, EXTENSION));
        }
        return files.stream().filter(file -> wanted.contains(file.path())).toList();
    }

    private static String className(JavaFile file) {
        String path = file.path();
        return path.substring(0, path.length() - EXTENSION.length()).replace('/', '.');
    }
}
