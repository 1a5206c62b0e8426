package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import java.util.Arrays;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/**
 * Times one step of a training on the CPU target, on the first device and as sequential Java, to be run by hand with the test class path:
 * the first step, and the median of those after it. Arguments: the `.opt` file, the training, how many steps.
 */
final class StepTimes {
    private StepTimes() {}

    public static void main(String[] arguments) {
        var compiled = CompiledTrainings.of(Path.of(arguments[0]), "gpu");
        String training = arguments[1];
        int steps = Integer.parseInt(arguments[2]);
        int threads = Runtime.getRuntime().availableProcessors();
        report("CPU target", compiled.cpu(training), threads, steps);
        report("device 0:0", compiled.on(Devices.find("0:0"), training), threads, steps);
        report("sequential Java", compiled.on(new SequentialJava(), training), 1, Math.min(steps, 20));
    }

    private static void report(String name, TrainingProgram program, int threads, int steps) {
        var description = program.description();
        try (Team team = Team.of(threads);
                TrainingStep step = program.open(description.batch(), team)) {
            step.load(TrainingState.allocate(description));
            var scalars = new StepScalars(description.hyperparameters().stream()
                    .mapToDouble(HyperparameterDescription::value)
                    .toArray());
            double first = step(step, description.batch(), scalars);
            double[] times = new double[steps];
            for (int i = 0; i < steps; i++) {
                times[i] = step(step, description.batch(), scalars);
            }
            double[] late = Arrays.copyOfRange(times, steps / 2, steps);
            Arrays.sort(late);
            System.out.printf("%-16s first step %8.1f ms, then %8.3f ms%n", name, first, late[late.length / 2]);
        }
    }

    /** In milliseconds. */
    private static double step(TrainingStep step, int rows, StepScalars scalars) {
        long start = System.nanoTime();
        scalars.draw++;
        scalars.update++;
        step.gradient(rows, false, scalars);
        step.update(1, scalars);
        return (System.nanoTime() - start) / 1e6;
    }
}
