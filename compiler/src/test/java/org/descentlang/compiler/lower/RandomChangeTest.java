package org.descentlang.compiler.lower;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that change examples at random: what they may do to each, and that inference leaves all as it is. */
final class RandomChangeTest {
    private static final int EXAMPLES = 40;
    private static final int SIDE = 5;
    private static final double[] IMAGES =
            IntStream.rangeClosed(1, EXAMPLES * SIDE * SIDE).asDoubleStream().toArray();

    private static double[][] changed(String layer) {
        double[] all = Snippet.ofBatch(EXAMPLES, layer)
                .field("x", new int[] {SIDE, SIDE, 1}, IMAGES)
                .result()
                .data();
        return IntStream.range(0, EXAMPLES)
                .mapToObj(i -> Arrays.copyOfRange(all, i * SIDE * SIDE, (i + 1) * SIDE * SIDE))
                .toArray(double[][]::new);
    }

    private static double at(int example, int row, int column) {
        boolean inside = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
        return inside ? IMAGES[(example * SIDE + row) * SIDE + column] : 0;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop_path(x)",
                "spatial_dropout(x)",
                "gaussian_noise(x)",
                "random_flip(x)",
                "random_crop(x)",
                "random_brightness(x)",
                "cutout(x)",
                "mixup(x)[0]"
            })
    void inferenceLeavesAllAsItIs(String layer) {
        assertThat(Snippet.inference("", layer)
                        .field("x", new int[] {2, 2, 1}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
                        .result()
                        .data())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_path(x, 0.25)", "spatial_dropout(x, 0.25)"})
    void aWholeExampleIsDroppedOrNone(String layer) {
        double[][] found = changed(layer);
        int dropped = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            double factor = found[i][0] == 0 ? 0 : 1 / 0.75;
            dropped += found[i][0] == 0 ? 1 : 0;
            for (int j = 0; j < SIDE * SIDE; j++) {
                assertThat(found[i][j]).isCloseTo(factor * IMAGES[i * SIDE * SIDE + j], Offset.offset(1e-9));
            }
        }
        assertThat(dropped).isBetween(3, 18);
    }

    @Test
    void imagesAreMirroredOrNot() {
        double[][] found = changed("random_flip(x)");
        int mirrored = 0;
        for (int i = 0; i < EXAMPLES; i++) {
            boolean flipped = found[i][0] != at(i, 0, 0);
            mirrored += flipped ? 1 : 0;
            for (int j = 0; j < SIDE * SIDE; j++) {
                int column = j % SIDE;
                assertThat(found[i][j]).isEqualTo(at(i, j / SIDE, flipped ? SIDE - 1 - column : column));
            }
        }
        assertThat(mirrored).isBetween(10, 30);
    }

    @Test
    void imagesAreMovedAsAWhole() {
        double[][] found = changed("random_crop(x, padding = 1)");
        Set<Integer> moves = new HashSet<>();
        for (int i = 0; i < EXAMPLES; i++) {
            int move = moveOf(i, found[i]);
            assertThat(move).as(Arrays.toString(found[i])).isNotNegative();
            moves.add(move);
        }
        assertThat(moves).hasSize(9);
    }

    /** Which of nine moves makes this of the example, or -1. */
    private static int moveOf(int example, double[] image) {
        for (int move = 0; move < 9; move++) {
            int down = move / 3 - 1;
            int right = move % 3 - 1;
            boolean fits = IntStream.range(0, SIDE * SIDE)
                    .allMatch(j -> image[j] == at(example, j / SIDE + down, j % SIDE + right));
            if (fits) {
                return move;
            }
        }
        return -1;
    }

    @Test
    void aSquareIsCutOut() {
        for (double[] image : changed("cutout(x, size = 3)")) {
            int[] gone =
                    IntStream.range(0, SIDE * SIDE).filter(j -> image[j] == 0).toArray();
            assertThat(gone.length).isIn(4, 6, 9);
            for (int j : gone) {
                assertThat(j / SIDE - gone[0] / SIDE).isBetween(0, 2);
                assertThat(j % SIDE - gone[0] % SIDE).isBetween(0, 2);
            }
        }
    }

    @Test
    void brightnessIsOneNumberForAnImage() {
        double[][] found = changed("random_brightness(x, by = 0.5)");
        for (int i = 0; i < EXAMPLES; i++) {
            double more = found[i][0] - at(i, 0, 0);
            assertThat(more).isBetween(-0.5, 0.5);
            for (int j = 0; j < SIDE * SIDE; j++) {
                assertThat(found[i][j] - IMAGES[i * SIDE * SIDE + j]).isCloseTo(more, Offset.offset(1e-9));
            }
        }
    }

    @Test
    void examplesAreMixedWithThoseOfTheOtherEnd() {
        double[][] found = changed("mixup(x)[0]");
        double[] shares = Snippet.ofBatch(EXAMPLES, "mixup(x)[1]")
                .field("x", new int[] {SIDE, SIDE, 1}, IMAGES)
                .result()
                .data();
        for (int i = 0; i < EXAMPLES; i++) {
            for (int j = 0; j < SIDE * SIDE; j++) {
                double other = IMAGES[(EXAMPLES - 1 - i) * SIDE * SIDE + j];
                assertThat(found[i][j])
                        .isCloseTo(
                                shares[i] * IMAGES[i * SIDE * SIDE + j] + (1 - shares[i]) * other, Offset.offset(1e-9));
            }
        }
    }
}
