package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

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

    private static void assertCompiles(String name, String source) {
        var compilation = Compiler.compile(List.of(SourceFile.of(name, source)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        assertThat(MemoryCompiler.compile(compilation.javaFiles()).classes()).isNotEmpty();
    }
}
