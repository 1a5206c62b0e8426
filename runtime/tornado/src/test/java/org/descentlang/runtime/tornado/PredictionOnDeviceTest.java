package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.descentlang.runtime.model.Prediction;
import org.descentlang.runtime.model.PredictionPool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Models predict on the first device what they predict on the CPU: rows with labels, and a single number without
 * inputs.
 */
final class PredictionOnDeviceTest {
    @ParameterizedTest
    @CsvSource({"kernels, Kinds", "updates, Bowls"})
    void agrees(String file, String model) {
        var compiled = CompiledTrainings.of(Path.of("src/test/resources", file + ".opt"), "gpu");
        var random = new Random(3);
        PredictionPool trained = compiled.model(model);
        fill(random, trained.parameters());
        Prediction cpu = trained.take();
        Prediction device = compiled.model(model, trained, "0:0").take();
        for (int rows : new int[] {64, 1, 63}) {
            fill(random, cpu.floatInputs());
            Arrays.setAll(cpu.intInputs(), _ -> random.nextInt(2));
            System.arraycopy(cpu.floatInputs(), 0, device.floatInputs(), 0, cpu.floatInputs().length);
            System.arraycopy(cpu.intInputs(), 0, device.intInputs(), 0, cpu.intInputs().length);
            cpu.predict(rows);
            device.predict(rows);
            assertThat(device.outputs()).hasSameSizeAs(cpu.outputs());
            // Every example has as many outputs.
            int used = cpu.outputs().length == 1 ? 1 : rows * cpu.outputs().length / cpu.capacity();
            for (int i = 0; i < used; i++) {
                float expected = cpu.outputs()[i];
                assertThat(device.outputs()[i])
                        .as("output %s of %s rows", i, rows)
                        .isCloseTo(
                                expected, org.assertj.core.data.Offset.offset(1e-4f * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static void fill(Random random, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-0.5f, 0.5f);
        }
    }
}
