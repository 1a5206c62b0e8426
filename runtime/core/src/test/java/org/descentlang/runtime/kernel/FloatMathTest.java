package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class FloatMathTest {
    private static final double TOLERANCE = 1e-6;

    private interface FloatFunction {
        float apply(float x);
    }

    @Test
    void exp() {
        agree(FloatMath::exp, Math::exp, -87, 88.72f);
        assertThat(FloatMath.exp(89)).isInfinite();
        assertThat(FloatMath.exp(-88)).isCloseTo(6.054601E-39f, within(9.8E-45f));
        assertThat(FloatMath.exp(-103)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.exp(-104)).isZero();
        assertThat(FloatMath.exp(0)).isEqualTo(1);
        ends(FloatMath::exp, Math::exp);
    }

    @Test
    void expm1() {
        agree(FloatMath::expm1, Math::expm1, -40, 88);
        agree(FloatMath::expm1, Math::expm1, -0.5f, 0.5f);
        ends(FloatMath::expm1, Math::expm1);
    }

    @Test
    void log() {
        agree(FloatMath::log, Math::log, 1e-3f, 4);
        agree(FloatMath::log, Math::log, 0.99f, 1.01f);
        agree(FloatMath::log, Math::log, 1, Float.MAX_VALUE);
        agree(FloatMath::log, Math::log, Float.MIN_VALUE, Float.MIN_NORMAL);
        assertThat(FloatMath.log(-1)).isNaN();
        ends(FloatMath::log, Math::log);
    }

    @Test
    void tanh() {
        agree(FloatMath::tanh, Math::tanh, -12, 12);
        agree(FloatMath::tanh, Math::tanh, -1e-3f, 1e-3f);
        ends(FloatMath::tanh, Math::tanh);
    }

    @Test
    void sigmoid() {
        agree(FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), -87, 87);
        assertThat(FloatMath.sigmoid(-88.7f)).isCloseTo(3.006636E-39f, within(9.8E-45f));
        ends(FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    }

    /** As Python's `%` of floats. */
    @Test
    void remainder() {
        assertThat(FloatMath.remainder(1e8f, 3)).isEqualTo(1);
        assertThat(FloatMath.remainder(-1e8f, 3)).isEqualTo(2);
        assertThat(FloatMath.remainder(1e8f, -3)).isEqualTo(-2);
        assertThat(FloatMath.remainder(7, 2.5f)).isEqualTo(2);
        assertThat(FloatMath.remainder(-7, -2.5f)).isEqualTo(-2);
        assertThat(FloatMath.remainder(6, -3)).isZero();
        assertThat(FloatMath.remainder(1e30f, 7)).isEqualTo(1);
        assertThat(FloatMath.remainder(2, Float.POSITIVE_INFINITY)).isEqualTo(2);
        assertThat(FloatMath.remainder(2, 0)).isNaN();
    }

    @Test
    void erf() {
        agree(FloatMath::erf, FloatMathTest::erfByIntegration, -5, 5);
        agree(FloatMath::erf, FloatMathTest::erfByIntegration, -0.01f, 0.01f);
        assertThat(FloatMath.erf(Float.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(FloatMath.erf(Float.NaN)).isNaN();
    }

    private static void agree(FloatFunction actual, DoubleUnaryOperator expected, float from, float to) {
        int points = 20_000;
        for (int i = 0; i <= points; i++) {
            float x = from + (to - from) * i / points;
            double exact = expected.applyAsDouble(x);
            assertThat((double) actual.apply(x)).as("at %s", x).isCloseTo(exact, within(TOLERANCE * Math.abs(exact)));
        }
    }

    private static void ends(FloatFunction actual, DoubleUnaryOperator expected) {
        for (float x : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, 0}) {
            assertThat(actual.apply(x)).as("at %s", x).isEqualTo(Float.valueOf((float) expected.applyAsDouble(x)));
        }
    }

    /** Simpson's rule on 2 / sqrt(pi) e^(-t²). */
    private static double erfByIntegration(double x) {
        int steps = 200;
        double width = x / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double left = i * width;
            sum += bell(left) + 4 * bell(left + width / 2) + bell(left + width);
        }
        return sum * width / 6;
    }

    private static double bell(double t) {
        return 2 / Math.sqrt(Math.PI) * Math.exp(-t * t);
    }
}
