package org.descentlang.runtime.kernel;

/** What {@link Math} lacks for the numbers that the host computes once a step. */
public final class DoubleMath {
    private static final double FRACTION_FROM = 3;
    private static final int FRACTION_DEPTH = 60;

    private DoubleMath() {}

    /** 1 / (1 + e^-x). */
    public static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** With the divisor's sign: a - floor(a / b) b. */
    public static double remainder(double a, double b) {
        return a - Math.floor(a / b) * b;
    }

    /** The error function, to about 1e-15. */
    public static double erf(double x) {
        double size = Math.abs(x);
        return size < FRACTION_FROM
                ? 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * series(x)
                : Math.copySign(1 - upperTail(size), x);
    }

    /** Abramowitz, Stegun 7.1.6: the sum of 2^n x^(2n+1) / (1 * 3 * … * (2n+1)), whose terms have one sign. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return sum;
    }

    /** Abramowitz, Stegun 7.1.14: a continued fraction for 1 - erf(x), x at least 3. */
    private static double upperTail(double x) {
        double fraction = x;
        for (int n = FRACTION_DEPTH; n > 0; n--) {
            fraction = x + n / 2.0 / fraction;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
    }
}
