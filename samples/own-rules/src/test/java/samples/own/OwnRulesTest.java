package samples.own;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnRulesTest {
    @Test
    void fitsTheCurve() {
        var result = OwnRules.create().seed(3).train();

        assertThat(result.validation().mae()).isLessThan(0.08);
    }
}
