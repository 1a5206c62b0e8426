package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.descentlang.runtime.kernel.FloatMath;
import org.descentlang.runtime.kernel.IntMath;
import org.descentlang.runtime.random.Philox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The functions that kernels call, on the first device against the CPU's. */
final class DeviceFunctionsTest {
    private static final int FUNCTIONS = 8;
    private static final int COUNT = 400;

    static void masks(IntArray keys, FloatArray uniform, FloatArray normal) {
        for (@Parallel int i = 0; i < uniform.getSize(); i++) {
            uniform.set(i, DeviceRandom.uniform(i, 5, keys.get(0), keys.get(1), keys.get(2), keys.get(3)));
            normal.set(i, DeviceRandom.normal(i, 5, keys.get(0), keys.get(1), keys.get(2), keys.get(3)));
        }
    }

    static void functions(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < 400; i++) {
            float value = x.get(i);
            y.set(8 * i, DeviceMath.expm1(value));
            y.set(8 * i + 1, DeviceMath.log1p(value * value));
            y.set(8 * i + 2, DeviceMath.erf(value));
            y.set(8 * i + 3, DeviceMath.sigmoid(value));
            y.set(8 * i + 4, DeviceMath.round(value));
            y.set(8 * i + 5, DeviceMath.remainder(value, 1.5f));
            y.set(8 * i + 6, DeviceMath.maximum(value, 0.5f));
            y.set(8 * i + 7, DeviceMath.remainder(1e8f + 8f * value, 3f));
        }
    }

    static void wholeNumbers(IntArray x, IntArray y) {
        for (@Parallel int i = 0; i < 400; i++) {
            y.set(3 * i, DeviceMath.quotient(x.get(i), 8));
            y.set(3 * i + 1, DeviceMath.remainder(x.get(i), -8));
            y.set(3 * i + 2, DeviceMath.quotient(x.get(i), i - 200));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 63, 64, 65, 1000, 65537})
    void randomNumbersHaveTheBitsOfTheCpu(int size) throws Exception {
        long seed = 0x8000000180000002L;
        long draw = 0x00000003_fffffff7L;
        var uniform = new FloatArray(size);
        var normal = new FloatArray(size);
        var keys = IntArray.fromElements((int) draw, (int) (draw >>> 32), (int) seed, (int) (seed >>> 32));
        run(new TaskGraph("masks")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, keys)
                .task("masks", DeviceFunctionsTest::masks, keys, uniform, normal)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, uniform, normal));
        for (int i = 0; i < size; i++) {
            assertThat(uniform.get(i)).isEqualTo(Philox.uniform(seed, draw, 5, i));
            assertThat(normal.get(i)).isEqualTo(Philox.normal(seed, draw, 5, i), Offset.offset(1e-6f));
        }
    }

    @Test
    void functionsAgreeWithTheCpu() throws Exception {
        var x = new FloatArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            x.set(i, (i - 200) / 40f);
        }
        var y = new FloatArray(FUNCTIONS * COUNT);
        run(new TaskGraph("functions")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                .task("functions", DeviceFunctionsTest::functions, x, y)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, y));
        for (int i = 0; i < COUNT; i++) {
            float value = x.get(i);
            float[] expected = {
                FloatMath.expm1(value),
                (float) Math.log1p(value * value),
                FloatMath.erf(value),
                FloatMath.sigmoid(value),
                (float) Math.rint(value),
                FloatMath.remainder(value, 1.5f),
                Math.max(value, 0.5f),
                FloatMath.remainder(1e8f + 8f * value, 3f)
            };
            for (int f = 0; f < FUNCTIONS; f++) {
                float allowed = 2e-6f * Math.max(1, Math.abs(expected[f]));
                assertThat(y.get(FUNCTIONS * i + f))
                        .as("%s of %s", f, value)
                        .isEqualTo(expected[f], Offset.offset(allowed));
            }
        }
    }

    @Test
    void wholeNumbersDivideAsOnTheCpu() throws Exception {
        var x = new IntArray(COUNT);
        for (int i = 0; i < COUNT; i++) {
            x.set(i, 7 * (i - 200));
        }
        x.set(0, Integer.MIN_VALUE);
        var y = new IntArray(3 * COUNT);
        run(new TaskGraph("whole")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
                .task("wholeNumbers", DeviceFunctionsTest::wholeNumbers, x, y)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, y));
        for (int i = 0; i < COUNT; i++) {
            assertThat(y.get(3 * i)).isEqualTo(IntMath.quotient(x.get(i), 8));
            assertThat(y.get(3 * i + 1)).isEqualTo(IntMath.remainder(x.get(i), -8));
            assertThat(y.get(3 * i + 2)).isEqualTo(IntMath.quotient(x.get(i), i - 200));
        }
    }

    private static void run(TaskGraph graph) throws Exception {
        var device = Devices.all().getFirst().device();
        try (var plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withDevice(device).execute();
        }
    }
}
