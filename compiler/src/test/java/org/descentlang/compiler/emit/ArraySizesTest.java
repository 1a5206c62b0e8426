package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.diagnostic.Problem;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would not fit into an array of Java is reported, and no Java is made. */
class ArraySizesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    20000000 | adam(lr = 0.1) | 1   | the state of the optimizer would need an array of 2,600,000,000 numbers
                    8000000  | sgd(lr = 0.1)  | 200 | the intermediate values of a batch would need an array of 3,200,000,
                    8000     | adam(lr = 0.1) | 64  |
                    """)
    void areCheckedBeforeJavaIsMade(int units, String optimizer, int batch, String expected) {
        var source = SourceFile.of("large.opt", """
                data D { random x : f32[batch, 64] uniform(0, 1)  examples 1000 }
                model M { input x : f32[batch, 64]  h = x |> dense(%d)  output y = sum(exp(h) * h + relu(h)) }
                train T { model M  data D  loss y  optimizer %s  batch %d  steps 3 }
                """.formatted(units, optimizer, batch));
        var compilation = Compiler.compile(List.of(source), CompilerOptions.DEFAULT);
        var titles = compilation.problems().stream().map(Problem::title).toList();
        assertThat(compilation.javaFiles().isEmpty()).isEqualTo(expected != null);
        if (expected == null) {
            assertThat(titles).isEmpty();
        } else {
            assertThat(titles).anySatisfy(title -> assertThat(title).startsWith(expected));
        }
    }
}
