package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.descentlang.runtime.kernel.vector.VectorMath;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions on vectors give the bits of those on numbers. */
final class VectorMathTest {
    private static final int COUNT = 16;
    private static final int TIMES = 20_000;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        1f,
        -1f,
        0.35f,
        -0.35f,
        4f,
        9.02f,
        -9.02f,
        88.72284f,
        88.72285f,
        -87.33654f,
        -87.33655f,
        -95.5f,
        -103.97208f,
        -103.97209f,
        Float.MIN_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    interface InPlace {
        void apply(float[] values, int from, int count);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                function("exp", VectorMath::exp, FloatMath::exp),
                function("expm1", VectorMath::expm1, FloatMath::expm1),
                function("log", VectorMath::log, FloatMath::log),
                function("tanh", VectorMath::tanh, FloatMath::tanh),
                function("sigmoid", VectorMath::sigmoid, FloatMath::sigmoid),
                function("erf", VectorMath::erf, FloatMath::erf));
    }

    private static Arguments function(String name, InPlace vector, UnaryOperator<Float> plain) {
        return Arguments.of(name, vector, plain);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void givesTheSameBits(String name, InPlace vector, UnaryOperator<Float> plain) {
        assertSame(name, vector, plain, SPECIAL);
        var random = new SplittableRandom(7);
        for (int i = 0; i < TIMES; i++) {
            float[] values = new float[COUNT];
            for (int j = 0; j < COUNT; j++) {
                boolean usual = i % 2 == 0;
                values[j] = usual ? (float) random.nextDouble(-12, 12) : Float.intBitsToFloat(random.nextInt());
            }
            assertSame(name, vector, plain, values);
        }
    }

    private static void assertSame(String name, InPlace vector, UnaryOperator<Float> plain, float[] arguments) {
        float[] scratch = new float[16 * COUNT];
        System.arraycopy(arguments, 0, scratch, 0, COUNT);
        vector.apply(scratch, 0, COUNT);
        for (int i = 0; i < COUNT; i++) {
            // NaN has many bits and one meaning: floatToIntBits knows one.
            if (Float.floatToIntBits(scratch[i]) != Float.floatToIntBits(plain.apply(arguments[i]))) {
                assertThat(scratch[i]).as("%s(%s)", name, arguments[i]).isEqualTo(plain.apply(arguments[i]));
            }
        }
    }
}
