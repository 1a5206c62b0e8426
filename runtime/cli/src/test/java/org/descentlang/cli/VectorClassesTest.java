package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

final class VectorClassesTest {
    /** What a user compiles may be for a device that is elsewhere. */
    @Test
    void areMadeWithoutTornadoVm() {
        var compilation = Compiler.compile(List.of(SourceFile.of("line.opt", """
                package line
                model Line { input x : f32[batch, 40]  output y = dense(x, 1)[.., 0] }
                data Points {
                    examples 64
                    random x : f32[batch, 40] uniform(-1, 1)
                    random t : f32[batch] uniform(0, 1)
                }
                train Fit {
                    model Line  data Points  loss mse(y, t)  optimizer sgd(lr = 0.1)  device gpu  batch 32  epochs 1
                }
                """)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        assertThat(VectorClasses.of(compilation.javaFiles())).containsKeys("line.FitKernels512", "line.LineKernels512");
    }
}
