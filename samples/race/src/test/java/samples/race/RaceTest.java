package samples.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RaceTest {
    @Test
    void momentumReachesTheBottomOfTheRavine() {
        assertThat(RavineMomentum.create().train().model().predict()[0]).isLessThan(1e-3f);
    }

    @Test
    void adamReachesTheEndOfRosenbrocksValley() {
        assertThat(RosenbrockAdam.create().train().model().predict()[0]).isLessThan(1e-3f);
    }
}
