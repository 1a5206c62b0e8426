package org.descentlang.compiler.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;

/** The part of the language that is written in it: `std/*.opt` beside the compiler's classes. Parsed once. */
public final class StandardLibrary {
    static final List<String> NAMES =
            List.of("clips", "functions", "initializers", "layers", "losses", "metrics", "optimizers", "schedules");

    private StandardLibrary() {}

    public static List<CompilationUnit> units() {
        return Parsed.UNITS;
    }

    /** Initialised by its first use. */
    private static final class Parsed {
        private static final List<CompilationUnit> UNITS =
                NAMES.stream().map(StandardLibrary::parse).toList();
    }

    private static CompilationUnit parse(String file) {
        var problems = new Problems();
        CompilationUnit unit = Parser.parse(SourceFile.library("std/" + file + ".opt", text(file)), problems);
        if (problems.hasErrors()) {
            throw new IllegalStateException("the standard library does not parse: " + problems.sorted());
        }
        return unit;
    }

    private static String text(String file) {
        try (InputStream stream = StandardLibrary.class.getResourceAsStream("/std/" + file + ".opt")) {
            if (stream == null) {
                throw new IllegalStateException("the standard library lacks " + file + ".opt");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
