package org.descentlang.compiler.emit;

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
}
