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
 * The kernels for the Vector API as classes: javac warns of the module that incubates, whatever the flags, and a user's build is to have
 * neither the warning nor the flag.
 */
final class VectorClasses {
    private static final List<String> OPTIONS =
            List.of("--add-modules", "jdk.incubator.vector", "-proc:none", "-implicit:none", "-Xlint:none", "-nowarn");

    private VectorClasses() {}

    /** By binary name. */
    static Map<String, byte[]> of(List<JavaFile> files) {
        var javac = Javac.ofThisJava()
                .orElseThrow(() -> new UserException("the kernels for the Vector API need a JDK, and this Java has no"
                        + " compiler: " + System.getProperty("java.home") + "; --no-vectors leaves them out"));
        Set<String> wanted = new HashSet<>();
        files.stream().filter(file -> file.vectorBits() > 0).forEach(file -> wanted.add(className(file)));
        var classes = new TreeMap<>(javac.compile(files, OPTIONS));
        classes.keySet().retainAll(wanted);
        return classes;
    }

    private static String className(JavaFile file) {
        String path = file.path();
        return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    }
}
