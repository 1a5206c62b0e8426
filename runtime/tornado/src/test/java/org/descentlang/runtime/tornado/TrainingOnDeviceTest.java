package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of the specs on the first device against the CPU target. */
final class TrainingOnDeviceTest {
    private static final Path SPECS = Path.of("../../compiler/src/test/resources/specs");

    @ParameterizedTest
    @CsvSource({
        "digits, DigitsTraining, 64",
        "race, RavineMomentum, 1",
        "race, RosenbrockAdam, 1",
        "own_rules, OwnRules, 32"
    })
    void trainsLikeTheCpu(String file, String training, int batch) {
        var compiled = CompiledTrainings.of(SPECS.resolve(file + ".opt"), "gpu");
        try (var steps = new TwoSteps(compiled.cpu(training), compiled.device(training, "0:0"), batch)) {
            steps.train(100, 1e-4);
            steps.evaluate(1e-4);
            steps.accumulate(1e-4);
        }
    }
}
