package org.descentlang.runtime.tornado;

import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Functions that TornadoVM does not compile or compiles wrongly, in what it does compile. Kernels call them in single
 * precision, the scalars of a step in double precision.
 */
@SuppressWarnings("IdentityBinaryExpression") // only a NaN differs from itself, and kernels have no isNaN
public final class DeviceMath {
    private static final int DOUBLE_TERMS = 24;
    private static final int ERF_TERMS = 60;

    private DeviceMath() {}

    /** A NaN stays one, as in {@link Math#max}; the devices' own functions drop it. */
    public static float maximum(float a, float b) {
        return a > b || a != a ? a : b;
    }

    public static double maximum(double a, double b) {
        return a > b || a != a ? a : b;
    }

    public static float minimum(float a, float b) {
        return a < b || a != a ? a : b;
    }

    public static double minimum(double a, double b) {
        return a < b || a != a ? a : b;
    }

    /** e^x - 1; near 0 the polynomial of Cephes, expf (Moshier 1989). */
    public static float expm1(float x) {
        float sum =
                ((((0.00019875691f * x + 0.0013981999f) * x + 0.008333452f) * x + 0.041665796f) * x + 0.16666666f) * x
                        + 0.5f;
        float near0 = sum * x * x + x;
        return TornadoMath.abs(x) < 0.35f ? near0 : TornadoMath.exp(x) - 1f;
    }

    public static double expm1(double x) {
        double term = x;
        double sum = x;
        for (int n = 2; n < DOUBLE_TERMS; n++) {
            term *= x / n;
            sum += term;
        }
        return TornadoMath.abs(x) < 0.5 ? sum : TornadoMath.exp(x) - 1.0;
    }

    /** ln(1 + x) = 2 artanh(x / (2 + x)), a series near 0: Abramowitz, Stegun 4.1.27. */
    public static float log1p(float x) {
        float s = x / (2f + x);
        float square = s * s;
        float sum = ((((square / 11f + 1f / 9f) * square + 1f / 7f) * square + 0.2f) * square + 1f / 3f) * square;
        float near0 = 2f * (sum * s + s);
        return TornadoMath.abs(x) < 0.5f ? near0 : TornadoMath.log(1f + x);
    }

    public static double log1p(double x) {
        double s = x / (2.0 + x);
        double power = s;
        double sum = 0.0;
        for (int n = 0; n < DOUBLE_TERMS; n++) {
            sum += power / (2 * n + 1);
            power *= s * s;
        }
        return TornadoMath.abs(x) < 0.5 ? 2.0 * sum : TornadoMath.log(1.0 + x);
    }

    /** 1 / (1 + e^-x); e^-|x| does not overflow. */
    public static float sigmoid(float x) {
        float e = TornadoMath.exp(-TornadoMath.abs(x));
        return (x < 0f ? e : 1f) / (1f + e);
    }

    public static double sigmoid(double x) {
        double e = TornadoMath.exp(-TornadoMath.abs(x));
        return (x < 0.0 ? e : 1.0) / (1.0 + e);
    }

    /** The Maclaurin series to x^19 below 1; Abramowitz, Stegun 7.1.26 above. */
    public static float erf(float x) {
        float size = TornadoMath.abs(x);
        float square = size * size;
        float sum = -square / 6894720f + 1f / 685440f;
        sum = sum * square - 1f / 75600f;
        sum = sum * square + 1f / 9360f;
        sum = sum * square - 1f / 1320f;
        sum = sum * square + 1f / 216f;
        sum = sum * square - 1f / 42f;
        sum = sum * square + 0.1f;
        sum = sum * square - 1f / 3f;
        float near0 = 1.1283792f * (sum * square * size + size);
        float t = 1f / (0.3275911f * size + 1f);
        float tail = (((1.0614054f * t - 1.4531521f) * t + 1.4214138f) * t - 0.28449672f) * t + 0.2548296f;
        float far = 1f - tail * t * TornadoMath.exp(-square);
        float positive = size < 1f ? near0 : far;
        return x < 0f ? -positive : positive;
    }

    /** Abramowitz, Stegun 7.1.6 below 3; the continued fraction 7.1.14 above. */
    public static double erf(double x) {
        double size = TornadoMath.abs(x);
        double term = size;
        double sum = size;
        double fraction = TornadoMath.max(size, 1.0);
        for (int n = 1; n < ERF_TERMS; n++) {
            term *= 2.0 * size * size / (2 * n + 1);
            sum += term;
            fraction = TornadoMath.max(size, 1.0) + (ERF_TERMS - n) / 2.0 / fraction;
        }
        double gauss = TornadoMath.exp(-size * size) / 1.772453850905516;
        double positive = size < 3.0 ? 2.0 * gauss * sum : 1.0 - gauss / fraction;
        return x < 0.0 ? -positive : positive;
    }

    /** To the nearest, halves to even. */
    public static float round(float x) {
        float below = TornadoMath.floor(x);
        float part = x - below;
        boolean even = below - 2f * TornadoMath.floor(below * 0.5f) < 0.5f;
        return part < 0.5f || part <= 0.5f && even ? below : below + 1f;
    }

    public static double round(double x) {
        double below = TornadoMath.floor(x);
        double part = x - below;
        boolean even = below - 2.0 * TornadoMath.floor(below * 0.5) < 0.5;
        return part < 0.5 || part <= 0.5 && even ? below : below + 1.0;
    }

    /** With the divisor's sign: a - floor(a / b) b, exact up to quotients of 2^29. */
    public static float remainder(float a, float b) {
        return (float) remainder((double) a, (double) b);
    }

    /** Where a / b rounds to the whole number above it, the rest is below 0. */
    public static double remainder(double a, double b) {
        double rest = a - TornadoMath.floor(a / b) * b;
        return rest < 0.0 && b > 0.0 || rest > 0.0 && b < 0.0 ? rest + b : rest;
    }

    /** 0 if b is. The sizes are divided, because TornadoVM divides negative numbers by powers of two wrongly. */
    public static int quotient(int a, int b) {
        long dividend = a < 0 ? -(long) a : a;
        long divisor = b < 0 ? -(long) b : b;
        int size = b == 0 ? 0 : (int) (dividend / TornadoMath.max(divisor, 1L));
        return a < 0 && b > 0 || a > 0 && b < 0 ? -size : size;
    }

    /** With the divisor's sign; 0 if b is 0. */
    public static int remainder(int a, int b) {
        int rest = a - quotient(a, b) * b;
        int moved = rest < 0 && b > 0 || rest > 0 && b < 0 ? rest + b : rest;
        return b == 0 ? 0 : moved;
    }

    public static int power(int a, int b) {
        return (int) TornadoMath.pow((double) a, (double) b);
    }

    public static int sign(int a) {
        return a > 0 ? 1 : a < 0 ? -1 : 0;
    }
}
