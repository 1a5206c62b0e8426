package org.descentlang.compiler.op;

/** The error function in double precision, to about 1e-15: slow and simple, for reference only. */
final class ErrorFunction {
    private static final double FRACTION_FROM = 3;
    private static final int FRACTION_DEPTH = 60;

    private ErrorFunction() {}

    static double erf(double x) {
        double size = Math.abs(x);
        if (size >= FRACTION_FROM) {
            return Math.copySign(1 - upperTail(size), x);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * series(x);
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
