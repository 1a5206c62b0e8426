package org.descentlang.runtime.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.descentlang.description.ProgramRole;
import org.descentlang.runtime.device.ProgramTime;
import org.descentlang.runtime.device.TimedStep;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.junit.jupiter.api.Test;

/** A step on the first device says how long its tasks took. */
final class TimingsOnDeviceTest {
    @Test
    void everyRunButTheFirstIsMeasured() {
        var program = CompiledTrainings.of(Path.of("src/test/resources/updates.opt"), "gpu")
                .on(Devices.find("0:0"), "Sgd");
        var told = new ArrayList<ProgramTime>();
        try (var team = Team.of(1);
                var step = program.open(1, team)) {
            ((TimedStep) step).tellTimes(told::addAll);
            step.load(TrainingState.allocate(program.description()));
            var scalars = new StepScalars(
                    new double[program.description().hyperparameters().size()]);
            for (int i = 0; i < 4; i++) {
                step.run(ProgramRole.GRADIENT, 1, scalars);
                step.run(ProgramRole.UPDATE, 1, scalars);
                step.run(ProgramRole.STEP, 1, scalars);
            }
        }
        assertThat(told).extracting(ProgramTime::name).isEqualTo(List.of("gradient", "update", "step"));
        assertThat(told).allSatisfy(time -> {
            assertThat(time.runs()).isEqualTo(3);
            assertThat(time.tasks()).isNotEmpty();
            assertThat(time.computing()).isPositive().isLessThan(time.total());
        });
    }
}
