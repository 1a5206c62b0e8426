package org.descentlang.compiler;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;

/** The standard library: text in the language, parsed once. */
public final class StandardLibrary {
    /** The files `std/NAME.opt`. */
    static final List<String> NAMES = List.of();

    private static final List<CompilationUnit> UNITS =
            NAMES.stream().map(StandardLibrary::parse).toList();

    private StandardLibrary() {}

    public static List<CompilationUnit> units() {
        return UNITS;
    }

    private static CompilationUnit parse(String name) {
        var problems = new Problems();
        var unit = Parser.parse(SourceFile.library("std/" + name + ".opt", text(name)), problems);
        if (problems.hasErrors()) {
            throw new IllegalStateException("the standard library is wrong: " + problems.sorted());
        }
        return unit;
    }

    private static String text(String name) {
        try (InputStream stream = StandardLibrary.class.getResourceAsStream("/std/" + name + ".opt")) {
            if (stream == null) {
                throw new IllegalStateException("the standard library lacks " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
