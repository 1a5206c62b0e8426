package org.descentlang.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.descentlang.description.Initializer;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.RunningDescription;
import org.descentlang.runtime.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializationTest {
    @Test
    void fillsConstantsAndValues() {
        assertThat(fill(List.of(3), new Initializer.Constant(0.5), 1)).containsExactly(0.5f, 0.5f, 0.5f);
        assertThat(fill(List.of(2), new Initializer.Values(List.of(-4.0, 1.5)), 1))
                .containsExactly(-4, 1.5f);
    }

    @Test
    void fillsDistributions() {
        float[] uniform = fill(List.of(100, 100), new Initializer.Uniform(-2, 4), 1);
        assertThat(moment(uniform, 0, 1)).isCloseTo(1, within(0.05));
        assertThat(largest(uniform)).isLessThanOrEqualTo(4);
        float[] normal = fill(List.of(100, 100), new Initializer.Normal(1, 0.5), 1);
        assertThat(moment(normal, 0, 1)).isCloseTo(1, within(0.02));
        assertThat(Math.sqrt(moment(normal, 1, 2))).isCloseTo(0.5, within(0.01));
        float[] truncated = fill(List.of(100, 100), new Initializer.TruncatedNormal(0, 2, 1.5), 1);
        assertThat(largest(truncated)).isBetween(2.9, 3.0);
        assertThat(moment(truncated, 0, 1)).isCloseTo(0, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"5, 3", "3, 5", "40, 40", "1, 4", "4, 1"})
    void makesRowsOrColumnsOrthonormal(int rows, int columns) {
        float[] q = fill(List.of(rows, columns), new Initializer.Orthogonal(2), 1);
        boolean wide = rows <= columns;
        int vectors = Math.min(rows, columns);
        for (int a = 0; a < vectors; a++) {
            for (int b = 0; b < vectors; b++) {
                double dot = 0;
                for (int i = 0; i < Math.max(rows, columns); i++) {
                    dot += wide ? q[a * columns + i] * q[b * columns + i] : q[i * columns + a] * q[i * columns + b];
                }
                assertThat(dot).isCloseTo(a == b ? 4 : 0, within(1e-5));
            }
        }
    }

    @Test
    void makesIdentities() {
        assertThat(fill(List.of(2, 3), new Initializer.Identity(2), 1)).containsExactly(2, 0, 0, 0, 2, 0);
        assertThat(fill(List.of(3, 2), new Initializer.Identity(1), 1)).containsExactly(1, 0, 0, 1, 0, 0);
    }

    @Test
    void keepsSoManyWeightsOfEachUnit() {
        int rows = 60;
        int units = 50;
        float[] weights = fill(List.of(4, rows / 4, units), new Initializer.Sparse(15, 0.5), 1);
        int[] uses = new int[rows];
        double squares = 0;
        for (int unit = 0; unit < units; unit++) {
            int kept = 0;
            for (int row = 0; row < rows; row++) {
                float weight = weights[row * units + unit];
                kept += weight == 0 ? 0 : 1;
                uses[row] += weight == 0 ? 0 : 1;
                squares += weight * weight;
            }
            assertThat(kept).isEqualTo(15);
        }
        assertThat(Arrays.stream(uses).boxed()).allMatch(count -> count > 2 && count < 28);
        assertThat(Math.sqrt(squares / (15 * units))).isCloseTo(0.5, within(0.05));
    }

    @Test
    void refusesACutThatKeepsNothing() {
        assertThatThrownBy(() -> fill(List.of(1), new Initializer.TruncatedNormal(0, 1, 0), 1))
                .isInstanceOf(UserException.class)
                .hasMessage("A truncated normal distribution must be cut at 0.05 or more deviations, not at 0.0");
    }

    @Test
    void dependsOnSeedAndPathOnly() {
        var initializer = new Initializer.Normal(0, 1);
        var first = new ParameterDescription("a.w", "weight", List.of(4), 0, initializer);
        var second = new ParameterDescription("b.w", "weight", List.of(4), 4, initializer);
        float[] both = new float[8];
        Initialization.fill(List.of(first, second), 3, both);
        float[] alone = new float[8];
        Initialization.fill(List.of(second), 3, alone);
        for (int i = 4; i < 8; i++) {
            assertThat(both[i]).isEqualTo(alone[i]).isNotEqualTo(both[i - 4]);
        }
        assertThat(fill(List.of(4), initializer, 3)).isNotEqualTo(fill(List.of(4), initializer, 4));
    }

    @Test
    void fillsRunningState() {
        float[] running = new float[3];
        Initialization.fillRunning(List.of(new RunningDescription("norm.var", List.of(2), 1, 1)), running);
        assertThat(running).containsExactly(0, 1, 1);
    }

    private static float[] fill(List<Integer> shape, Initializer initializer, long seed) {
        var parameter = new ParameterDescription("w", "weight", shape, 0, initializer);
        float[] values = new float[parameter.count()];
        Initialization.fill(List.of(parameter), seed, values);
        return values;
    }

    private static double moment(float[] values, double center, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value - center, power);
        }
        return sum / values.length;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
