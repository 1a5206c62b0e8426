package org.descentlang.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PhiloxTest {
    /** The known answers for philox4x32-10 that the authors publish with Random123. */
    @Test
    void knownAnswers() {
        assertThat(Philox.block(0, 0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(Philox.block(-1, -1, -1, -1, -1, -1))
                .containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertThat(Philox.block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void uniformStaysBelowOneAndIsExactInFloat() {
        assertThat(Philox.uniform(0)).isZero();
        assertThat(Philox.uniform(-1)).isEqualTo(1 - 0x1p-24);
        assertThat((double) (float) Philox.uniform(0x6627e8d5)).isEqualTo(Philox.uniform(0x6627e8d5));
    }

    @Test
    void normalsHaveMeanZeroAndDeviationOne() {
        double[] values = new double[40_000];
        for (int i = 0; i < values.length; i += 4) {
            int[] words = Philox.block(i / 4, 0, 0, 0, 42, 0);
            System.arraycopy(Philox.normals(words[0], words[1]), 0, values, i, 2);
            System.arraycopy(Philox.normals(words[2], words[3]), 0, values, i + 2, 2);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double square = Arrays.stream(values).map(x -> x * x).average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.02));
        assertThat(square).isCloseTo(1, within(0.03));
    }
}
