package org.descentlang.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptionTest {
    @Test
    void saysWhatAModelIs() {
        assertThat(ModelText.of(Ravine.training().model())).isEqualTo("""
                model Bowl
                    output  value  f32

                    parameters
                        p  weight  [2]  2  8 bytes  [-4, 1.5]

                    parameters by role
                        weight  2  8 bytes
                """);
    }

    @Test
    void saysWhatATrainingDoes() {
        assertThat(TrainingText.of(Ravine.training())).isEqualTo("""
                train Ravine
                    Down into the valley.
                    model         Bowl
                    loss          value
                    optimizer     momentum(coupled = false [default])
                    length        100 steps
                    seed          0
                    device        auto
                    on nonfinite  stop                                 [default]

                    numbers that --set can change
                        optimizer.lr  0.25  lr >= 0
                        optimizer.α   0.5            [default]

                    update rule
                        v ← α * v - lr * g
                        θ ← θ + v

                    parameters that share one update
                        weights  2  p

                    schedules
                        lr = halving  drives optimizer.lr
                          halving     to the end

                    peak memory of the training process
                        parameters                 8 bytes
                        gradients                  8 bytes
                        optimizer state            8 bytes
                        running state              0 bytes
                        a batch                    0 bytes
                        intermediate values        0 bytes
                        copies to return to       32 bytes
                        examples made in memory    0 bytes
                        JVM and compiler         220.0 MiB
                        total                    220.0 MiB
                """);
    }

    @Test
    void numbersReadWell() {
        assertThat(Quantity.count(1234567)).isEqualTo("1 234 567");
        assertThat(Quantity.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Quantity.rounded(0.13691234)).isEqualTo("0.1369");
        assertThat(Quantity.time(59.6)).isEqualTo("1:00");
        assertThat(Quantity.time(3661)).isEqualTo("1:01:01");
    }
}
