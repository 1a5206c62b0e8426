package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainings of the samples on the first device. */
final class TrainingOnDeviceTest {
    private static final Path SPECS = Path.of("../../compiler/src/test/resources/specs");

    /** Every third step has fewer rows. */
    @ParameterizedTest
    @CsvSource({
        "digits, DigitsTraining, 64",
        "race, RavineMomentum, 1",
        "race, RosenbrockAdam, 1",
        "own_rules, OwnRules, 32"
    })
    void aHundredStepsAgree(String file, String training, int batch) {
        var compiled = CompiledTrainings.of(SPECS.resolve(file + ".opt"), "gpu");
        try (var steps =
                new AgainstReference(compiled.reference(training), compiled.on(Devices.find("0:0"), training), batch)) {
            for (int i = 0; i < 100; i++) {
                steps.train(i % 3 == 2 ? Math.max(1, batch - 3) : batch);
            }
            steps.evaluate(batch);
            steps.accumulate(batch);
            steps.compareStates();
            steps.step(batch);
            steps.step(Math.max(1, batch - 3));
            steps.compareStates();
        }
    }

    /** Batches that are not full go to loops: there may be fewer examples than a batch has. */
    @ParameterizedTest
    @ValueSource(ints = {64, 50})
    void groupsOfThreadsAgree(int capacity) {
        var compiled = CompiledTrainings.of(SPECS.resolve("digits.opt"), "gpu");
        try (var steps = new AgainstReference(
                compiled.reference("DigitsTraining"), compiled.on(InGroups.first(), "DigitsTraining"), capacity)) {
            for (int i = 0; i < 10; i++) {
                steps.train(capacity - i % 2);
            }
            steps.evaluate(capacity);
            steps.compareStates();
            steps.repeats(capacity);
        }
    }

    /** In the form for FPGAs, one work item for each kernel, on a device that is none. */
    @Test
    void theStepOfTheDigitsAgreesInTheFormForFpgas() {
        var compiled = CompiledTrainings.of(SPECS.resolve("digits.opt"), "fpga");
        try (var steps = new AgainstReference(
                compiled.reference("DigitsTraining"), compiled.on(Devices.find("0:0"), "DigitsTraining"), 64)) {
            steps.train(64);
            steps.train(61);
            steps.evaluate(64);
            steps.compareStates();
        }
    }
}
