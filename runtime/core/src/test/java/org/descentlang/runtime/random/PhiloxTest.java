package org.descentlang.runtime.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiloxTest {
    /** The known answers that come with Random123, for ten rounds. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void givesTheKnownAnswers(String counter, String key, String answer) {
        int[] c = words(counter);
        int[] k = words(key);
        int[] block = new int[4];
        for (int i = 0; i < 4; i++) {
            block[i] = Philox.word(c[0], c[1], c[2], c[3], k[0], k[1], i);
        }
        assertThat(block).containsExactly(words(answer));
    }

    @Test
    void laysCounterAndKeyOutAsDocumented() {
        long seed = 0x299f31d0_a4093822L;
        long draw = 0x03707344_13198a2eL;
        long index = 4 * 0x243f6a88L + 2;
        assertThat(Philox.bits(seed, draw, 0x85a308d3, index)).isEqualTo(0x5001e420);
        assertThat(Philox.uniform(seed, draw, 0x85a308d3, index)).isEqualTo(0x5001e4 * 0x1p-24f);
    }

    @Test
    void fillsWithTheSameNumbersFromAnyStart() {
        for (int first = 0; first < 9; first++) {
            for (int count = 0; count < 21; count++) {
                float[] uniforms = new float[count + 2];
                float[] normals = new float[count + 2];
                Philox.fillUniform(3, 5, 7, first, uniforms, 1, count);
                Philox.fillNormal(3, 5, 7, first, normals, 1, count);
                for (int i = 0; i < count; i++) {
                    assertThat(uniforms[i + 1]).isEqualTo(Philox.uniform(3, 5, 7, first + i));
                    assertThat(normals[i + 1]).isEqualTo(Philox.normal(3, 5, 7, first + i));
                }
                assertThat(uniforms[0] + uniforms[count + 1] + normals[0] + normals[count + 1])
                        .isZero();
            }
        }
    }

    @Test
    void hasTheMomentsOfItsDistributions() {
        float[] values = new float[1 << 20];
        Philox.fillUniform(1, 2, 3, 0, values, 0, values.length);
        assertThat(moment(values, 0.5, 1)).isCloseTo(0, within(1e-3));
        assertThat(moment(values, 0.5, 2)).isCloseTo(1.0 / 12, within(1e-3));
        Philox.fillNormal(1, 2, 3, 0, values, 0, values.length);
        assertThat(moment(values, 0, 1)).isCloseTo(0, within(3e-3));
        assertThat(moment(values, 0, 2)).isCloseTo(1, within(5e-3));
        assertThat(moment(values, 0, 4)).isCloseTo(3, within(5e-2));
    }

    @Test
    void separatesSeedsDrawsAndPlaces() {
        int base = Philox.bits(1, 1, 1, 0);
        assertThat(new int[] {Philox.bits(2, 1, 1, 0), Philox.bits(1, 2, 1, 0), Philox.bits(1, 1, 2, 0)})
                .doesNotContain(base)
                .doesNotHaveDuplicates();
    }

    private static double moment(float[] values, double center, int power) {
        double sum = 0;
        for (float value : values) {
            sum += Math.pow(value - center, power);
        }
        return sum / values.length;
    }

    private static int[] words(String text) {
        String[] parts = text.split(" ", -1);
        int[] words = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            words[i] = Integer.parseUnsignedInt(parts[i], 16);
        }
        return words;
    }
}
