package org.descentlang.compiler.emit;

import java.util.List;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.ir.RandomPrograms;
import org.descentlang.compiler.plan.Capacity;
import org.descentlang.compiler.type.Dim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of kernels for TornadoVM, as plain Java against the reference evaluator. */
final class DeviceKernelsTest {
    private static final List<Dim> SIZES = List.of(Dim.BATCH, Dim.of(1), Dim.of(3), Dim.of(5), Dim.of(33));

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 16, 33})
    void agreesWithTheReferenceEvaluator(int rows) {
        for (long seed = 0; seed < 4; seed++) {
            Program program = RandomPrograms.smooth(seed * 37 + rows, 25, SIZES);
            RunnableKernels.of(program, 33, Capacity.of(33), true).compare(RandomPrograms.inputs(program, rows), 1e-4);
        }
    }

    @Test
    void agreesWithoutThreadsAndWithoutAKnownCapacity() {
        for (long seed = 100; seed < 103; seed++) {
            Program program = RandomPrograms.smooth(seed, 25, SIZES);
            var unknown = new Capacity(java.util.OptionalInt.empty());
            RunnableKernels.of(program, 33, unknown, false).compare(RandomPrograms.inputs(program, 16), 1e-4);
        }
    }
}
