package org.descentlang.cli;

import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Comments and texts, where names are no use of a class. */
    private static final Pattern NO_CODE = Pattern.compile("(?s)/\\*.*?\\*/|//[^\n]*|\"[^\"\n]*\"");

    private static final Pattern NO_NAME = Pattern.compile("[^\\p{L}\\p{N}_]+");
    private static final String EXTENSION = ".java";

    private VectorClasses() {}

    /** By binary name; none if no kernel has a form for vectors. */
    static Map<String, byte[]> of(List<JavaFile> files) {
        var vectors = files.stream().filter(file -> file.vectorBits() > 0).toList();
        if (vectors.isEmpty()) {
            return Map.of();
        }
        var javac = Javac.ofThisJava()
                .orElseThrow(() -> new UserException("the kernels for the Vector API need a JDK, but this Java has no"
                        + " compiler: " + System.getProperty("java.home") + "; --no-vectors leaves them out"));
        var classes = new TreeMap<>(javac.compile(withMentioned(vectors, files), OPTIONS));
        classes.keySet()
                .retainAll(vectors.stream().map(VectorClasses::className).toList());
        return classes;
    }

    /**
     * With the classes that they mention, and what these mention. Others may need what is not there when they are made:
     * TornadoVM.
     */
    private static List<JavaFile> withMentioned(List<JavaFile> vectors, List<JavaFile> files) {
        var byName = files.stream().collect(Collectors.groupingBy(VectorClasses::simpleName));
        var wanted = new LinkedHashSet<JavaFile>();
        var open = new ArrayDeque<>(vectors);
        while (!open.isEmpty()) {
            JavaFile file = open.remove();
            if (wanted.add(file)) {
                NO_NAME.splitAsStream(NO_CODE.matcher(file.text()).replaceAll(" "))
                        .distinct()
                        .flatMap(name -> meant(byName.getOrDefault(name, List.of()), file).stream())
                        .forEach(open::add);
            }
        }
        return List.copyOf(wanted);
    }

    /** Of the files by some name those of the package, if there are any. */
    private static List<JavaFile> meant(List<JavaFile> named, JavaFile user) {
        var own = named.stream()
                .filter(file -> packageName(file).equals(packageName(user)))
                .toList();
        return own.isEmpty() ? named : own;
    }

    private static String packageName(JavaFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1);
    }

    private static String simpleName(JavaFile file) {
        String name = className(file);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String className(JavaFile file) {
        String path = file.path();
        return path.substring(0, path.length() - EXTENSION.length()).replace('/', '.');
    }
}
