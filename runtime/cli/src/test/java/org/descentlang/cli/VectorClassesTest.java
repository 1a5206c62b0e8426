package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.emit.JavaFile;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

final class VectorClassesTest {
    /** What a user compiles may be for a device that is elsewhere. */
    @Test
    void areMadeWithoutTornadoVm() {
        assertThat(VectorClasses.of(files("line", "device gpu")))
                .containsKeys("line.FitKernels512", "line.LineKernels512");
    }

    @Test
    void mayHaveOneNameInTwoPackages() {
        var files = new ArrayList<>(files("line", ""));
        files.addAll(files("other", "device gpu"));
        assertThat(VectorClasses.of(files)).containsKeys("line.FitKernels512", "other.FitKernels512");
    }

    private static List<JavaFile> files(String name, String device) {
        var compilation = Compiler.compile(
                List.of(SourceFile.of("line.opt", """
                package %s
                model Line { input x : f32[batch, 40]  output y = dense(x, 1)[.., 0] }
                data Points {
                    examples 64
                    random x : f32[batch, 40] uniform(-1, 1)
                    random t : f32[batch] uniform(0, 1)
                }
                train Fit {
                    model Line  data Points  loss mse(y, t)  optimizer sgd(lr = 0.1)  %s  batch 32  epochs 1
                }
                """.formatted(name, device))), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation.javaFiles();
    }
}
