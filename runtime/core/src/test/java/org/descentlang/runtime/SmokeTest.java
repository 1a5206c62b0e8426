package org.descentlang.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

final class SmokeTest {
    @Test
    void vectorsAreThere() {
        assertThat(FloatVector.SPECIES_PREFERRED.length()).isPositive();
    }
}
