package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Code;
import org.descentlang.compiler.emit.text.RuntimeNames;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.TrainingDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever names, comments and texts a file has, the Java made from it compiles without a warning. */
final class HostileNamesTest {
    @Test
    void keywordsGreekAndClashes() {
        assertCompiles("hostile.opt", """
                package hostile
                /** Ends here: *\\/ and \\u002a/ and {@link Nothing} <b>. */
                data String {
                    random class : f32[batch, 4] uniform(0, 1)
                    random int : i32[batch] label(3)
                    examples 64
                    split train 80%, validation 20%
                }
                /** @param no \\u000a end */
                model Math(rows = 5) {
                    input class : f32[batch, 4]
                    work = class |> dense(rows) |> tanh   // a comment with \\u000a in it
                    t0 = work |> dense(6) |> relu
                    output prediction = dense(t0, 3)
                    output result = dense(work, 2)
                }
                optimizer system(t1 = 0.1, α = 0.9, from = 2, Override = 1) {
                    state static = 0
                    static ← α * static - t1 * g
                    θ ← θ + static * from * Override
                }
                train Object {
                    model Math
                    data String
                    loss cross_entropy(prediction, int)
                    metric accuracy(prediction, int)
                    optimizer system(t1 = 0.2)
                    batch 16
                    epochs 1
                }
                train object {
                    model Math(rows = 7)
                    data String
                    loss cross_entropy(prediction, int)
                    optimizer system()
                    batch full
                    epochs 1
                }
                """);
    }

    @Test
    void namesOfClassesWithinOthers() {
        assertCompiles("nested.opt", """
                package nested
                model Scores {
                    weight p : f32[2] = 1
                    output value = sum(p^2)
                    output other = p
                }
                model Outputs {
                    weight p : f32[2] = 1
                    output value = sum(p^2)
                    output other = p
                }
                train Result {
                    model Scores
                    loss value
                    optimizer sgd(lr = 0.1)
                    steps 10
                }
                train Resulty {
                    model Outputs
                    loss value
                    optimizer sgd(lr = 0.1)
                    steps 10
                }
                """);
    }

    @Test
    void namesOfFiles() {
        assertCompiles("a*/\\u000a@\"$L$T.opt", """
                model Point {
                    weight p : f32[2] = 1
                    output value = sum(p^2)
                }
                train Descent {
                    model Point
                    loss value
                    optimizer sgd(lr = 0.1)
                    steps 10
                }
                """);
    }

    /** Every type of java.lang, the runtime's, and those of java.util that generated code may use. */
    @ParameterizedTest
    @ValueSource(strings = {"", "package org\n", "package samples\n"})
    void typesOfJavaAndOfTheRuntime(String header) throws IOException {
        var source = new StringBuilder(header);
        typeNames().forEach(name -> source.append(small(name)));
        assertCompiles("types.opt", source.toString());
    }

    private static Set<String> typeNames() throws IOException {
        var names = new TreeSet<String>();
        Path folder = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base", "java", "lang");
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && name.indexOf('$') < 0 && name.indexOf('-') < 0)
                    .forEach(name -> names.add(name.substring(0, name.length() - ".class".length())));
        }
        Arrays.stream(RuntimeNames.class.getFields())
                .map(field -> field.getName().split("_"))
                .forEach(words -> names.add(Arrays.stream(words)
                        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining())));
        new ClassFileImporter()
                .importPackages(TrainingDescription.class.getPackageName()).stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .forEach(type -> names.add(type.getSimpleName()));
        names.addAll(List.of("List", "Map", "Arrays", "Optional", "Path", "OptionalLong", "Duration", "Fields", "Con"));
        assertThat(names)
                .contains("String", "Runnable", "Trainer", "MetricReference")
                .hasSizeGreaterThan(150);
        return names;
    }

    /** A model and a training of that name, with members that hide the first part of the packages in use. */
    private static String small(String name) {
        return """
                model %s {
                    weight java : f32[2] = 1
                    bias org : f32 = 0
                    output value = sum(java^2) + org
                }
                train %sOf { model %s  loss value  optimizer sgd(lr = 0.1)  steps 1 }
                """.formatted(name, name, name);
    }

    private static void assertCompiles(String name, String source) {
        var compilation = Compiler.compile(List.of(SourceFile.of(name, source)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).allMatch(problem -> problem.code() == Code.NUMBERED_CLASS);
        assertThat(MemoryCompiler.compile(compilation.javaFiles()).classes()).isNotEmpty();
    }
}
