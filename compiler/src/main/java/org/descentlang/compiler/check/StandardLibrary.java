package org.descentlang.compiler.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.descentlang.compiler.ast.CompilationUnit;
import org.descentlang.compiler.diagnostic.Problems;
import org.descentlang.compiler.lower.Primitives;
import org.descentlang.compiler.parse.Parser;
import org.descentlang.compiler.source.SourceFile;

/** The part of the language that is written in it: `std/*.opt` beside the compiler's classes. Parsed once. */
public final class StandardLibrary {
    static final List<String> NAMES = List.of(
            "attention",
            "clips",
            "convolution",
            "functions",
            "images",
            "initializers",
            "layers",
            "losses",
            "metrics",
            "normalization",
            "optimizers",
            "recurrence",
            "schedules");

    private StandardLibrary() {}

    public static List<CompilationUnit> units() {
        return Parsed.UNITS;
    }

    /** What is not written in the language: how each is called, then what it is. */
    public static Map<String, Primitive> primitives() {
        var primitives = new LinkedHashMap<String, Primitive>();
        Map<String, String> signatures = Primitives.signatures();
        text("primitives.txt").lines().forEach(line -> {
            int colon = line.indexOf(": ");
            String name = line.substring(0, colon);
            primitives.put(name, new Primitive(signatures.getOrDefault(name, name), line.substring(colon + 2)));
        });
        return primitives;
    }

    /**
     * @param signature {@code argmax(x, over?)}: a parameter with `?` may be left out, one with `*` may be repeated
     * @param text what it is, on one line
     */
    public record Primitive(String signature, String text) {}

    /** Initialised by its first use. */
    private static final class Parsed {
        private static final List<CompilationUnit> UNITS =
                NAMES.stream().map(StandardLibrary::parse).toList();
    }

    private static CompilationUnit parse(String file) {
        var problems = new Problems();
        CompilationUnit unit = Parser.parse(SourceFile.library("std/" + file + ".opt", text(file + ".opt")), problems);
        if (problems.hasErrors()) {
            throw new IllegalStateException("the standard library does not parse: " + problems.sorted());
        }
        return unit;
    }

    private static String text(String file) {
        try (InputStream stream = StandardLibrary.class.getResourceAsStream("/std/" + file)) {
            if (stream == null) {
                throw new IllegalStateException("the standard library lacks " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
