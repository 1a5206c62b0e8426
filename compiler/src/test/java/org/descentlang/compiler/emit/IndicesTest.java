package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.descentlang.compiler.Compiler;
import org.descentlang.compiler.CompilerOptions;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.ModelSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.source.SourceFile;
import org.descentlang.description.ModelLayout;
import org.descentlang.runtime.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to indices that are not below the number of classes or rows. */
final class IndicesTest {
    /** NaN shows as 7, because nothing is close to NaN. */
    private static final String LOOKUPS = """
            package lookups
            function seen(x) = where(x == x, x, 7)
            model Lookups {
                weight table : f32[3, 2] = 1
                input  x     : f32[batch]
                output ones  = seen(one_hot(int(x), 3))
                output rows  = seen(gather(table, int(x)))
            }
            """;

    private static final double[] INDICES = {0, 2.9, -0.5, 3, -1, 1e9, -1e9, Double.NaN};

    @Test
    void aComputedIndexOutOfRangeMakesItsRowNaNEverywhere() {
        Program program = model(LOOKUPS).predict();
        Inputs inputs = inputs();
        var results = ReferenceEvaluator.evaluate(program, inputs);
        assertThat(results.output(Sink.RESULT, "ones").data())
                .containsExactly(1, 0, 0, 0, 0, 1, 1, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 1, 0, 0);
        assertThat(results.output(Sink.RESULT, "rows").data())
                .containsExactly(1, 2, 5, 6, 1, 2, 7, 7, 7, 7, 7, 7, 7, 7, 1, 2);
        var runnable = new RunnableProgram(program, INDICES.length);
        runnable.compare(inputs, 0);
        Map<String, List<String>> outputs = runnable.outputs(List.of(inputs));
        outputs.forEach((form, found) -> assertThat(found).as(form).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
        for (boolean parallel : List.of(true, false)) {
            RunnableKernels.of(program, INDICES.length, Capacity.of(INDICES.length), parallel)
                    .compare(inputs, 0);
        }
    }

    /** So that kernels of labels and of what a caller gives are as they were. */
    @Test
    void anIndexThatWasCheckedCostsNothing() {
        ModelSpec model = model("""
                package given
                model Given {
                    input  colour : i32[batch]
                    input  shape  : i32[batch, 2]
                    input  other  : i32[batch]
                    tint   = embedding(colour, 5, 4)
                    output y = tint + one_hot(colour, 4) + embedding(shape[.., 1], 6, 4)
                    output same = float(other)
                }
                """);
        assertThat(model.predict().instructions()).noneMatch(made -> made.op() instanceof Op.Select);
        assertThat(model.inputs().stream().map(input -> input.below()).toList())
                .containsExactly(OptionalLong.of(4), OptionalLong.of(6), OptionalLong.empty());
    }

    @Test
    void aCallerIsToldWhichValueOfWhichInputIsWrong(@TempDir Path folder) throws ReflectiveOperationException {
        var source = SourceFile.of("given.opt", """
                package given
                model Given {
                    input  colour : i32[batch]
                    input  other  : i32[batch]
                    output y = one_hot(colour, 3) + one_hot(colour, 4)[.., 0 .. 2]
                    output same = float(other)
                }
                """);
        var files = Compiler.compile(List.of(source), CompilerOptions.DEFAULT).javaFiles();
        Path file = folder.resolve("given.descent");
        ModelFile.save(file, new ModelLayout("Given", List.of(), List.of()), new float[0], new float[0]);
        Class<?> type = MemoryCompiler.compile(files).loadClass("given.Given");
        Object model = type.getMethod("load", Path.class).invoke(null, file);
        var predict = type.getMethod("predict", int[].class, int[].class);
        predict.invoke(model, new int[] {0, 2}, new int[] {-9, 9});
        for (int wrong : new int[] {3, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> predict.invoke(model, new int[] {0, wrong}, new int[] {0, 0}))
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("colour[1] is " + wrong + ", but must be 0 to 2");
        }
    }

    private static Inputs inputs() {
        return new Inputs(INDICES.length, 0, 0)
                .bind(Storage.INPUT, "x", TensorValue.of(new int[] {INDICES.length}, INDICES))
                .bind(Storage.PARAMETER, "table", TensorValue.of(new int[] {3, 2}, 1, 2, 3, 4, 5, 6));
    }

    private static ModelSpec model(String text) {
        var compilation = Compiler.check(List.of(SourceFile.of("lookups.opt", text)), CompilerOptions.DEFAULT);
        assertThat(compilation.problems()).isEmpty();
        return compilation.units().getFirst().models().getFirst();
    }
}
