package org.descentlang.runtime.kernel;

/** What {@link Math} lacks for the numbers that the host computes once a step. */
public final class DoubleMath {
    private static final double FRACTION_FROM = 3;
    private static final int FRACTION_DEPTH = 60;

    private DoubleMath() {}

    /** 1 / (1 + e^-x). */
    public static double sigmoid(double x) {
        // e^-|x| does not overflow.
        double e = Math.exp(-Math.abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    /** With the divisor's sign: a - floor(a / b) b, exact where the quotient has more digits than a double. */
    public static double remainder(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
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
