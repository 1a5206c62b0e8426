package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.descentlang.compiler.Compilation;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.runtime.training.TrainingProgram;

/** Samples and benchmarks, compiled. */
final class Specs {
    private Specs() {}

    static TrainingProgram program(Compilation compilation, String name) {
        return GeneratedTraining.program(compilation.javaFiles(), name);
    }

    static Compilation compile(String file) {
        try (InputStream text = Specs.class.getResourceAsStream("/specs/" + file)) {
            String whole = new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
            // What is there to be large would take minutes here; what is there for devices, the library of devices.
            String source = whole.replace("f32[1000, 1000]", "f32[70, 70]")
                    .replace("65536", "4096")
                    .replace("device    gpu", "");
            var compilation = Compiler.compile(List.of(SourceFile.of(file, source)), CompilerOptions.DEFAULT);
            assertThat(compilation.problems()).isEmpty();
            return compilation;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
