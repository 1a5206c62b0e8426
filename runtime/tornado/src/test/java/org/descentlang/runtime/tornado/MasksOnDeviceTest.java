package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.junit.jupiter.api.Test;

/**
 * Dropout masks and random numbers of a training have the same bits on the first device as on the CPU target:
 * `masks.opt`.
 */
final class MasksOnDeviceTest {
    @Test
    void sameBits() {
        var compiled = CompiledTrainings.of(Path.of("src/test/resources/masks.opt"), "gpu");
        float[] device = afterOneStep(compiled.on(Devices.find("0:0"), "Masked"));
        assertThat(device).isEqualTo(afterOneStep(compiled.cpu("Masked")));
        assertThat(device).contains(0f, -1 / 0.7f);
    }

    private static float[] afterOneStep(TrainingProgram program) {
        var state = TrainingState.allocate(program.description());
        try (var team = Team.of(1);
                var step = program.open(1, team)) {
            var scalars = new StepScalars(program.description().hyperparameters().stream()
                    .mapToDouble(HyperparameterDescription::value)
                    .toArray());
            scalars.seed = 7;
            scalars.draw = 3;
            step.load(state);
            step.run(ProgramRole.GRADIENT, 1, scalars);
            step.run(ProgramRole.UPDATE, 1, scalars);
            step.save(state);
        }
        return state.parameters();
    }
}
