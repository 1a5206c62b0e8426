package org.descentlang.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.descentlang.runtime.kernel.matrix.PlainMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorChannelKernel;
import org.descentlang.runtime.kernel.vector.VectorMatrixKernel;
import org.descentlang.runtime.kernel.vector.VectorOperations;
import org.descentlang.runtime.kernel.window.Convolution;
import org.descentlang.runtime.kernel.window.PlainChannelKernel;
import org.descentlang.runtime.kernel.window.WindowMaximum;
import org.descentlang.runtime.kernel.window.Windows;
import org.descentlang.runtime.kernel.window.Workshop;
import org.descentlang.runtime.thread.Team;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters over one to three axes at random sizes, strides, dilations, paddings and groups, against double loops. */
final class ConvolutionTest {
    private static final int OFFSET = 5;

    /** Sizes of one axis. */
    private record Axis(int input, int size, int stride, int dilation, int before, int positions) {
        static Axis random(SplittableRandom random, int most) {
            int size = random.nextInt(1, 5);
            int stride = random.nextInt(1, 4);
            int dilation = random.nextInt(1, 4);
            int span = (size - 1) * dilation + 1;
            int before = random.nextInt(0, 4);
            int after = random.nextInt(0, 4);
            int input = Math.max(random.nextInt(1, most), span - before - after);
            return new Axis(input, size, stride, dilation, before, (input + before + after - span) / stride + 1);
        }
    }

    private record Geometry(List<Axis> axes, int examples, int channels, int units, int groups) {
        static Geometry random(int seed) {
            var random = new SplittableRandom(seed);
            int rank = 1 + seed % 3;
            var axes = random.ints(rank)
                    .mapToObj(i -> Axis.random(random, rank == 1 ? 40 : 13))
                    .toList();
            int[] shares = {1, 1, 2, 3, 5, 17, 35, 64};
            int groups = seed % 4 == 0 ? random.nextInt(2, 5) : 1;
            boolean depthwise = seed % 8 == 0;
            groups = depthwise ? shares[random.nextInt(2, shares.length)] : groups;
            int channels = groups * (depthwise ? 1 : shares[random.nextInt(shares.length)]);
            int units = groups * (depthwise ? 1 : shares[random.nextInt(shares.length)]);
            return new Geometry(axes, random.nextInt(1, 12), channels, units, groups);
        }

        Windows windows() {
            Windows windows = Windows.of(channels, units, groups);
            for (Axis a : axes) {
                windows = windows.along(a.input, a.size, a.stride, a.dilation, a.before, a.positions);
            }
            return windows;
        }

        int inputs() {
            return axes.stream().mapToInt(Axis::input).reduce(1, (a, b) -> a * b);
        }

        int elements() {
            return axes.stream().mapToInt(Axis::size).reduce(1, (a, b) -> a * b);
        }

        int positions() {
            return axes.stream().mapToInt(Axis::positions).reduce(1, (a, b) -> a * b);
        }

        int sizeOfX() {
            return examples * inputs() * channels;
        }

        int sizeOfW() {
            return elements() * (channels / groups) * units;
        }

        int sizeOfY() {
            return examples * positions() * units;
        }

        /** -1 in the padding. */
        int input(int position, int element) {
            int input = 0;
            int size = 1;
            for (Axis axis : axes.reversed()) {
                int at = position % axis.positions * axis.stride + element % axis.size * axis.dilation - axis.before;
                if (at < 0 || at >= axis.input) {
                    return -1;
                }
                input += at * size;
                size *= axis.input;
                position /= axis.positions;
                element /= axis.size;
            }
            return input;
        }
    }

    private enum Part {
        VALUE,
        BY_DATA,
        BY_WEIGHTS
    }

    /** Three arrays, one of which is the result. */
    private record Tensors(float[] x, float[] w, float[] y) {
        static Tensors of(Geometry g) {
            return new Tensors(random(1, g.sizeOfX()), random(2, g.sizeOfW()), random(3, g.sizeOfY()));
        }

        float[] result(Part part) {
            return switch (part) {
                case VALUE -> y;
                case BY_DATA -> x;
                case BY_WEIGHTS -> w;
            };
        }

        float[] run(Part part, Geometry g, Workshop workshop) {
            float[] result = result(part).clone();
            Windows windows = g.windows();
            Convolution convolution = switch (part) {
                case VALUE -> Convolution.value(workshop, windows, x, w, result);
                case BY_DATA -> Convolution.byData(workshop, windows, y, w, result);
                case BY_WEIGHTS -> Convolution.byWeights(workshop, windows, x, y, result);
            };
            convolution.run(g.examples, OFFSET, OFFSET, OFFSET);
            return result;
        }

        void check(Part part, Geometry g, float[] found) {
            double[] sums = new double[found.length];
            double[] sizes = new double[found.length];
            int share = g.channels / g.groups;
            int unitsOfShare = g.units / g.groups;
            for (int position = 0; position < g.examples * g.positions(); position++) {
                int example = position / g.positions();
                for (int element = 0; element < g.elements(); element++) {
                    int input = g.input(position % g.positions(), element);
                    for (int unit = 0; input >= 0 && unit < g.units; unit++) {
                        for (int k = 0; k < share; k++) {
                            int channel = unit / unitsOfShare * share + k;
                            int xAt = OFFSET + (example * g.inputs() + input) * g.channels + channel;
                            int wAt = OFFSET + (element * share + k) * g.units + unit;
                            int yAt = OFFSET + position * g.units + unit;
                            add(part, xAt, wAt, yAt, sums, sizes);
                        }
                    }
                }
            }
            double worst = 0;
            for (int i = 0; i < found.length; i++) {
                boolean outside = i < OFFSET || i >= found.length - OFFSET;
                double wanted = outside ? result(part)[i] : sums[i];
                worst = Math.max(worst, Math.abs(found[i] - wanted) / (1e-30 + (outside ? 1 : sizes[i])));
            }
            assertThat(worst).as("%s %s", part, g).isLessThan(3e-6);
        }

        private void add(Part part, int xAt, int wAt, int yAt, double[] sums, double[] sizes) {
            double product = switch (part) {
                case VALUE -> (double) x[xAt] * w[wAt];
                case BY_DATA -> (double) y[yAt] * w[wAt];
                case BY_WEIGHTS -> (double) x[xAt] * y[yAt];
            };
            int at = switch (part) {
                case VALUE -> yAt;
                case BY_DATA -> xAt;
                case BY_WEIGHTS -> wAt;
            };
            sums[at] += product;
            sizes[at] += Math.abs(product);
        }
    }

    private static float[] random(int seed, int size) {
        float[] values = new float[size + 2 * OFFSET];
        var random = new SplittableRandom(seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static Workshop plain(Team team) {
        return new MatrixProducts(team, new PlainMatrixKernel(), new PlainChannelKernel()).workshop();
    }

    private static Workshop vectors(Team team) {
        return new MatrixProducts(team, new VectorMatrixKernel(), new VectorChannelKernel()).workshop();
    }

    /** As before vectors are first tried in a run. */
    @BeforeAll
    static void loadOperations() {
        VectorOperations.load();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 200, 300})
    void equalsDoubleLoopsWithTheSameBitsInAllForms(int first) {
        try (Team one = Team.of(1);
                Team two = Team.of(2);
                Team three = Team.of(3)) {
            for (int seed = first; seed < first + 40; seed++) {
                Geometry geometry = Geometry.random(seed);
                Tensors tensors = Tensors.of(geometry);
                for (Part part : Part.values()) {
                    float[] found = tensors.run(part, geometry, plain(one));
                    tensors.check(part, geometry, found);
                    for (Workshop other : List.of(vectors(one), vectors(two), plain(three))) {
                        assertThat(Arrays.equals(tensors.run(part, geometry, other), found))
                                .as("%s %s", part, geometry)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void findsTheFirstLargestElementOrWhatIsNoNumber() {
        try (Team one = Team.of(1);
                Team two = Team.of(2)) {
            for (int seed = 0; seed < 60; seed++) {
                Geometry geometry = Geometry.random(8 * seed);
                var axes = geometry.axes.stream()
                        .map(a -> new Axis(a.input + 3, a.size, a.stride, 1, a.size - 1, (a.input + 2) / a.stride + 1))
                        .toList();
                Geometry g = new Geometry(axes, 2, geometry.channels, geometry.channels, 1);
                float[] x = coarse(seed, g.sizeOfX());
                int[] expected = largest(g, x);
                for (Workshop workshop : List.of(plain(one), vectors(one), vectors(two))) {
                    int[] found = new int[g.sizeOfY()];
                    new WindowMaximum(workshop, g.windows()).find(2, x, 0, found, 0);
                    assertThat(found).as("%s", g).isEqualTo(expected);
                }
            }
        }
    }

    /** Many are equal, some are infinite or no numbers. */
    private static float[] coarse(int seed, int size) {
        float[] special = {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN, 0f, -0f};
        float[] values = new float[size];
        var random = new SplittableRandom(seed);
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(12) == 0 ? special[random.nextInt(special.length)] : random.nextInt(-3, 3);
        }
        return values;
    }

    private static int[] largest(Geometry g, float[] x) {
        int[] result = new int[g.sizeOfY()];
        for (int i = 0; i < result.length; i++) {
            int channel = i % g.channels;
            int position = i / g.channels;
            int example = position / g.positions();
            int best = -1;
            for (int element = 0; element < g.elements(); element++) {
                int input = g.input(position % g.positions(), element);
                if (input >= 0) {
                    float next = x[(example * g.inputs() + input) * g.channels + channel];
                    float most = best < 0 ? 0 : x[(example * g.inputs() + best) * g.channels + channel];
                    boolean isNumber = best < 0 || !Float.isNaN(most);
                    best = best < 0 || isNumber && (next > most || Float.isNaN(next)) ? input : best;
                }
            }
            result[i] = best;
        }
        return result;
    }
}
