package org.descentlang.description;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {
    @Test
    void holdsItsEndsOnlyIfTheyAreIncluded() {
        Range range = Range.ANY.from(0).below(1);
        assertThat(range.contains(0)).isTrue();
        assertThat(range.contains(-0.0)).isTrue();
        assertThat(range.contains(-Double.MIN_VALUE)).isFalse();
        assertThat(range.contains(Math.nextDown(1.0))).isTrue();
        assertThat(range.contains(1)).isFalse();
        assertThat(Range.ANY.above(0).to(1).contains(0)).isFalse();
        assertThat(Range.ANY.above(0).to(1).contains(1)).isTrue();
    }

    @Test
    void holdsNothingThatIsNotFiniteIn32Bits() {
        assertThat(Range.ANY.contains(Float.MAX_VALUE)).isTrue();
        assertThat(Range.ANY.contains(1e39)).isFalse();
        assertThat(Range.ANY.contains(Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(Range.ANY.contains(Double.NaN)).isFalse();
        assertThat(Range.ANY.from(0).contains(Double.NaN)).isFalse();
    }

    @Test
    void mayHoldWholeNumbersOnly() {
        Range range = Range.ANY.from(1).ofWholeNumbers();
        assertThat(range.contains(2)).isTrue();
        assertThat(range.contains(1.5)).isFalse();
        assertThat(range.contains(0)).isFalse();
        assertThat(range.words()).isEqualTo("a whole number, at least 1");
        assertThat(Range.ANY.ofWholeNumbers().words()).isEqualTo("a whole number");
    }

    @Test
    void saysWhatANumberMustBe() {
        assertThat(Range.ANY.words()).isEqualTo("a finite number");
        assertThat(Range.ANY.from(0).below(1).words()).isEqualTo("at least 0 and below 1");
        assertThat(Range.ANY.above(0).words()).isEqualTo("above 0");
        assertThat(Range.ANY.to(0.5).words()).isEqualTo("at most 0.5");
    }
}
