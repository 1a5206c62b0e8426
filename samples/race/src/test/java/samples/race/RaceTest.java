package samples.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RaceTest {
    @Test
    void momentumReachesTheBottomOfTheRavine() {
        assertThat(RavineMomentum.create().train().loss()).isLessThan(1e-3);
    }

    @Test
    void adamReachesTheEndOfRosenbrocksValley() {
        assertThat(RosenbrockAdam.create().train().loss()).isLessThan(1e-3);
    }
}
