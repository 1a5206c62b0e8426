package org.descentlang.compiler.emit;

import com.palantir.javapoet.ClassName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.descentlang.compiler.emit.text.Names;

/**
 * Names of the classes made from one file: no two differ in capitals only, since file systems may not tell those apart.
 */
final class ClassNames {
    /** What generated code calls by its simple name. */
    private static final List<String> JAVA_LANG = List.of(
            "Boolean",
            "Class",
            "Double",
            "Float",
            "IllegalArgumentException",
            "IllegalStateException",
            "Integer",
            "Long",
            "Math",
            "Object",
            "Override",
            "Record",
            "String",
            "System");

    /** Classes within those that users see. */
    private static final List<String> NESTED = List.of("Outputs", "Result", "Scores");

    private final String packageName;
    private final Set<String> taken = new HashSet<>();

    ClassNames(String packageName) {
        this.packageName = Names.packageName(packageName);
        Stream.of(JAVA_LANG, NESTED).flatMap(List::stream).forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    }

    String packageName() {
        return packageName;
    }

    /** What a class would be called if the name were free. */
    String wanted(String name) {
        return Names.type(name);
    }

    /** A class that users see; these come first. */
    ClassName visible(String name) {
        return unique(Names.type(name));
    }

    /** @param path whose parts are joined: `Mlp.Kernels` */
    ClassName internal(String path) {
        return unique(Names.type(path));
    }

    private ClassName unique(String wanted) {
        String name = wanted;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted + i;
        }
        return ClassName.get(packageName, name);
    }
}
