package org.descentlang.runtime.tornado;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.descentlang.description.Duration;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import org.descentlang.runtime.training.TrainingProgram;

/**
 * Times the steps of a training on the CPU target, on the first device, there with batches that the host sends, and as
 * sequential Java, to be run by hand with the test class path: the first step, from when the training is opened, and
 * the median of windows of 50 in the second half.
 *
 * <p>Arguments: the `.opt` file, the training, how many steps, and which of `cpu`, `device`, `sent` and `java` (all of
 * them if none is named). Data are looked for in the working directory.
 */
final class StepTimes {
    private static final int WINDOW = 50;

    private StepTimes() {}

    public static void main(String[] arguments) {
        var compiled = CompiledTrainings.of(Path.of(arguments[0]), "gpu");
        String training = arguments[1];
        int steps = Integer.parseInt(arguments[2]);
        List<String> named = List.of(arguments).subList(3, arguments.length);
        for (String target : named.isEmpty() ? List.of("cpu", "device", "sent", "java") : named) {
            TrainingProgram program = switch (target) {
                case "cpu" -> compiled.cpu(training);
                case "device" -> compiled.on(Devices.find("0:0"), training);
                case "sent" -> compiled.on(WithMemory.none(Devices.find("0:0")), training);
                case "java" -> compiled.on(new SequentialJava(), training);
                default -> throw new IllegalArgumentException(target);
            };
            report(target, program, steps);
        }
    }

    private static void report(String name, TrainingProgram program, int steps) {
        long start = System.nanoTime();
        double[] ends = new double[steps];
        new Trainer(program).length(new Duration(steps, Duration.Unit.STEPS)).train(new TrainingListener() {
            @Override
            public void onStep(Progress progress) {
                ends[(int) progress.steps() - 1] = (System.nanoTime() - start) / 1e6;
            }
        });
        double[] windows = new double[steps / 2 / WINDOW];
        Arrays.setAll(windows, i -> (ends[steps - 1 - i * WINDOW] - ends[steps - 1 - (i + 1) * WINDOW]) / WINDOW);
        Arrays.sort(windows);
        System.out.printf("%-6s first step %8.1f ms, then %8.4f ms%n", name, ends[0], windows[windows.length / 2]);
    }
}
