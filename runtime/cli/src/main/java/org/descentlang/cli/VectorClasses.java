package org.descentlang.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private static final Pattern EXTENDS = Pattern.compile("\\bextends (\\w+)");

    private VectorClasses() {}

    /** By binary name. */
    static Map<String, byte[]> of(List<JavaFile> files) {
        var javac = Javac.ofThisJava()
                .orElseThrow(() -> new UserException("the kernels for the Vector API need a JDK, and this Java has no"
                        + " compiler: " + System.getProperty("java.home") + "; --no-vectors leaves them out"));
        var vectors = files.stream().filter(file -> file.vectorBits() > 0).toList();
        var classes = new TreeMap<>(javac.compile(withBases(vectors, files), OPTIONS));
        classes.keySet()
                .retainAll(vectors.stream().map(VectorClasses::className).toList());
        return classes;
    }

    /** Other files may need what is not there when they are made: TornadoVM. */
    private static List<JavaFile> withBases(List<JavaFile> vectors, List<JavaFile> files) {
        Set<String> bases = new HashSet<>();
        vectors.forEach(
                file -> EXTENDS.matcher(file.text()).results().forEach(found -> bases.add(found.group(1) + ".java")));
        return files.stream()
                .filter(file -> vectors.contains(file)
                        || bases.contains(file.path().substring(file.path().lastIndexOf('/') + 1)))
                .toList();
    }

    private static String className(JavaFile file) {
        String path = file.path();
        return path.substring(0, path.length() - ".java".length()).replace('/', '.');
    }
}
