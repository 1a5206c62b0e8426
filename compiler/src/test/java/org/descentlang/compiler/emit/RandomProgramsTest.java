package org.descentlang.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Emitted Java against the reference evaluator, on programs of all operations. */
final class RandomProgramsTest {
    private static final List<Dim> SIZES = List.of(Dim.BATCH, Dim.of(1), Dim.of(3), Dim.of(5), Dim.of(33));

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 16, 33})
    void agreesWithTheReferenceEvaluator(int rows) {
        for (long seed = 0; seed < 6; seed++) {
            Program program = RandomPrograms.smooth(seed * 31 + rows, 25, SIZES);
            new RunnableProgram(program, 33).compare(RandomPrograms.inputs(program, rows), 1e-4);
        }
    }

    /** Sizes about those of vectors: what is left over at the end of a row is done under a mask. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 15, 16, 17, 31, 33, 63, 65, 100, 257})
    void vectorsOfAnyLengthGiveTheBitsOfPlainLoops(int size) {
        var sizes = List.of(Dim.BATCH, Dim.of(size), Dim.of(3));
        for (long seed = 0; seed < 2; seed++) {
            Program program = RandomPrograms.smooth(seed * 31 + size, 25, sizes);
            var outputs = new RunnableProgram(program, 65).outputs(List.of(RandomPrograms.inputs(program, 65)));
            outputs.forEach((form, found) ->
                    assertThat(found).as("%s, %s", form, program).isEqualTo(outputs.get(RunnableProgram.PLAIN)));
        }
    }
}
