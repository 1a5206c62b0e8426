package org.descentlang.runtime.kernel;

/**
 * Elementary functions in single precision to a relative error of 1e-6, where {@link Math} takes several times as long.
 * Infinities, NaN and numbers below 1.2e-38 behave as there.
 */
public final class FloatMath {
    private static final float LOG2_E = 1.442695f;

    // ln 2 in two pieces: small integers times the first are exact (Cody, Waite: Software manual for the elementary
    // functions, 1980).
    private static final float LN2_HIGH = 355 / 512f;
    private static final float LN2_LOW = -0.00021219444f;

    private static final float EXP_OVERFLOWS = 88.72284f;
    /** Half the smallest number, 2^-150: below it 0 is nearest. */
    private static final float EXP_UNDERFLOWS = -103.97208f;

    /** Adding and subtracting it rounds to the nearest integer: 1.5 * 2^23. */
    private static final float ROUND = 0x1.8p23f;

    private static final int BITS_OF_ROOT_OF_HALF = 0x3f3504f3;
    private static final int MANTISSA_BITS = 23;

    private static final float TANH_IS_ONE = 9.02f;
    private static final float ERF_IS_ONE = 4;

    private FloatMath() {}

    public static float exp(float x) {
        if (x > EXP_OVERFLOWS) {
            return Float.POSITIVE_INFINITY;
        }
        if (x < EXP_UNDERFLOWS) {
            return 0;
        }
        float n = Math.fma(x, LOG2_E, ROUND) - ROUND;
        float rest = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        // 2^128 is no float, and below 2^-126 the last product alone may round: two halves.
        int half = (int) n >> 1;
        return (1 + expm1Near0(rest)) * powerOfTwo(half) * powerOfTwo((int) n - half);
    }

    /** e^x - 1. */
    public static float expm1(float x) {
        return Math.abs(x) < 0.35f ? expm1Near0(x) : exp(x) - 1;
    }

    /** The natural logarithm: the polynomial of Cephes, logf (Moshier 1989). */
    public static float log(float x) {
        if (!(x > 0)) {
            return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
        }
        if (x == Float.POSITIVE_INFINITY) {
            return x;
        }
        boolean subnormal = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
        // x = 2^n (1 + m), with 1 + m from sqrt(1/2) to sqrt(2).
        int exponent = (bits - BITS_OF_ROOT_OF_HALF) >> MANTISSA_BITS;
        float m = Float.intBitsToFloat(bits - (exponent << MANTISSA_BITS)) - 1;
        float n = exponent - (subnormal ? MANTISSA_BITS : 0);
        float sum = Math.fma(0.070376836f, m, -0.11514610f);
        sum = Math.fma(sum, m, 0.11676999f);
        sum = Math.fma(sum, m, -0.12420141f);
        sum = Math.fma(sum, m, 0.14249323f);
        sum = Math.fma(sum, m, -0.16668057f);
        sum = Math.fma(sum, m, 0.20000714f);
        sum = Math.fma(sum, m, -0.24999994f);
        sum = Math.fma(sum, m, 0.3333333f);
        float square = m * m;
        float rest = Math.fma(n, LN2_LOW, sum * m * square);
        rest = Math.fma(square, -0.5f, rest);
        return Math.fma(n, LN2_HIGH, m + rest);
    }

    public static float tanh(float x) {
        float size = Math.abs(x);
        if (size > TANH_IS_ONE) {
            return Math.copySign(1, x);
        }
        float e = expm1(2 * size);
        return Math.copySign(e / (e + 2), x);
    }

    /** 1 / (1 + e^-x). */
    public static float sigmoid(float x) {
        // e^-|x| does not overflow.
        float e = exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /** With the divisor's sign: a - floor(a / b) b, exact where the quotient has more digits than a float. */
    public static float remainder(float a, float b) {
        float rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    public static float erf(float x) {
        float size = Math.abs(x);
        if (size > ERF_IS_ONE) {
            return Math.copySign(1, x);
        }
        return Math.copySign(size < 1 ? erfNear0(size) : 1 - erfTail(size), x);
    }

    /** For |x| up to 0.35: the polynomial of Cephes, expf (Moshier 1989). */
    private static float expm1Near0(float x) {
        float sum = Math.fma(0.00019875691f, x, 0.0013981999f);
        sum = Math.fma(sum, x, 0.008333452f);
        sum = Math.fma(sum, x, 0.041665796f);
        sum = Math.fma(sum, x, 0.16666666f);
        sum = Math.fma(sum, x, 0.5f);
        return Math.fma(sum * x, x, x);
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    /** The Maclaurin series to x^19: 2 / sqrt(pi) times the sum of (-1)^n x^(2n+1) / (n! (2n+1)). */
    private static float erfNear0(float x) {
        float square = x * x;
        float sum = Math.fma(-1 / 6894720f, square, 1 / 685440f);
        sum = Math.fma(sum, square, -1 / 75600f);
        sum = Math.fma(sum, square, 1 / 9360f);
        sum = Math.fma(sum, square, -1 / 1320f);
        sum = Math.fma(sum, square, 1 / 216f);
        sum = Math.fma(sum, square, -1 / 42f);
        sum = Math.fma(sum, square, 0.1f);
        sum = Math.fma(sum, square, -1 / 3f);
        return 1.1283792f * Math.fma(sum * square, x, x);
    }

    /** 1 - erf(x) to 1.5e-7 absolute: Abramowitz, Stegun 7.1.26. */
    private static float erfTail(float x) {
        float t = 1 / Math.fma(0.3275911f, x, 1);
        float sum = Math.fma(1.0614054f, t, -1.4531521f);
        sum = Math.fma(sum, t, 1.4214138f);
        sum = Math.fma(sum, t, -0.28449672f);
        sum = Math.fma(sum, t, 0.2548296f);
        return sum * t * exp(-x * x);
    }
}
