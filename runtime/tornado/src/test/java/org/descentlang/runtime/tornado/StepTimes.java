package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingProgram;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/**
 * Times one step of a training on the CPU target, on the first device and as sequential Java, to be run by hand with
 * the test class path: the first step, from when the training is opened, and the median of those after it.
 *
 * <p>Arguments: the `.opt` file, the training, how many steps, and which of `cpu`, `device` and `java` (all of them if
 * none is named).
 */
final class StepTimes {
    private StepTimes() {}

    public static void main(String[] arguments) {
        var compiled = CompiledTrainings.of(Path.of(arguments[0]), "gpu");
        String training = arguments[1];
        int steps = Integer.parseInt(arguments[2]);
        List<String> named = List.of(arguments).subList(3, arguments.length);
        for (String target : named.isEmpty() ? List.of("cpu", "device", "java") : named) {
            switch (target) {
                case "cpu" -> report(target, compiled.cpu(training), steps);
                case "device" -> report(target, compiled.on(Devices.find("0:0"), training), steps);
                case "java" -> report(target, compiled.on(new SequentialJava(), training), Math.min(steps, 20));
                default -> throw new IllegalArgumentException(target);
            }
        }
    }

    private static void report(String name, TrainingProgram program, int steps) {
        long start = System.nanoTime();
        var description = program.description();
        try (Team team = Team.of(Runtime.getRuntime().availableProcessors());
                TrainingStep step = program.open(description.batch(), team)) {
            step.load(TrainingState.allocate(description));
            var scalars = new StepScalars(description.hyperparameters().stream()
                    .mapToDouble(HyperparameterDescription::value)
                    .toArray());
            step(step, description.batch(), scalars);
            double first = milliseconds(start);
            double[] times = new double[steps];
            for (int i = 0; i < steps; i++) {
                long before = System.nanoTime();
                step(step, description.batch(), scalars);
                times[i] = milliseconds(before);
            }
            double[] late = Arrays.copyOfRange(times, steps / 2, steps);
            Arrays.sort(late);
            System.out.printf("%-6s first step %8.1f ms, then %8.3f ms%n", name, first, late[late.length / 2]);
        }
    }

    private static double milliseconds(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private static void step(TrainingStep step, int rows, StepScalars scalars) {
        scalars.draw++;
        scalars.update++;
        step.run(ProgramRole.STEP, rows, scalars);
    }
}
