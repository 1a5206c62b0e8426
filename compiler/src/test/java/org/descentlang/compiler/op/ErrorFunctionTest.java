package org.descentlang.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ErrorFunctionTest {
    /** To 17 digits, from tables. */
    private static final double[][] KNOWN = {
        {0.0, 0.0},
        {1e-09, 1.1283791670955127e-09},
        {0.1, 0.1124629160182849},
        {0.5, 0.5204998778130465},
        {1.0, 0.8427007929497149},
        {1.5, 0.9661051464753108},
        {2.5, 0.999593047982555},
        {2.999, 0.9999777698314002},
        {3.0, 0.9999779095030014},
        {3.5, 0.9999992569016276},
        {5.0, 0.9999999999984626},
        {6.0, 1.0},
    };

    @Test
    void knownValues() {
        for (double[] pair : KNOWN) {
            assertThat(ErrorFunction.erf(pair[0])).isCloseTo(pair[1], within(4e-16 + 4e-15 * pair[1]));
            assertThat(ErrorFunction.erf(-pair[0])).isEqualTo(-ErrorFunction.erf(pair[0]));
        }
    }

    @Test
    void farOut() {
        assertThat(ErrorFunction.erf(1e300)).isEqualTo(1);
        assertThat(ErrorFunction.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
        assertThat(ErrorFunction.erf(Double.NaN)).isNaN();
    }
}
