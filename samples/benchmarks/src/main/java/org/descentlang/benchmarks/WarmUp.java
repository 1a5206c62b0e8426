package org.descentlang.benchmarks;

import bench.w1.W1;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.descentlang.runtime.data.DataFolders;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;
import samples.digits.DigitsTraining;

/** How long it takes from the start of a JVM to a step: class loading, data, and code that is not compiled yet. */
final class WarmUp {
    private static final List<Integer> STEPS = List.of(1, 20, 50, 100, 200, 500);

    private WarmUp() {}

    static void run(Settings settings) {
        System.out.println(Machine.describe());
        System.out.printf(
                "%d threads; milliseconds from the start of the JVM, medians of %d processes%n%n%-8s",
                settings.threads(), settings.repetitions(), "step");
        STEPS.forEach(step -> System.out.printf("%8d", step));
        System.out.println();
        for (String training : List.of("w1", "digits")) {
            System.out.printf("%-8s", training);
            medians(training, settings).forEach(median -> System.out.printf(Locale.ROOT, "%8.0f", median));
            System.out.println();
        }
    }

    /** @param arguments training, threads, when the process was started */
    public static void main(String[] arguments) {
        var trainer = new Trainer(
                switch (arguments[0]) {
                    case "w1" -> W1.program();
                    case "digits" -> DigitsTraining.program();
                    default -> throw new IllegalArgumentException(arguments[0]);
                });
        var times = new ArrayList<Long>();
        trainer.threads(Integer.parseInt(arguments[1]))
                .folders(DataFolders.of(Path.of("..", "digits")))
                .train(new TrainingListener() {
                    @Override
                    public void onStep(Progress progress) {
                        if (progress.steps() == STEPS.get(times.size())) {
                            times.add(System.currentTimeMillis());
                        }
                        if (times.size() == STEPS.size()) {
                            trainer.requestStop();
                        }
                    }
                });
        long start = Long.parseLong(arguments[2]);
        times.forEach(time -> System.out.println("after " + (time - start)));
    }

    private static List<Double> medians(String training, Settings settings) {
        var runs = new ArrayList<List<Double>>();
        for (int i = 0; i < settings.repetitions(); i++) {
            runs.add(JavaProcess.numbers(
                    "after ",
                    JavaProcess.of(WarmUp.class)
                            .run(
                                    training,
                                    Integer.toString(settings.threads()),
                                    Long.toString(System.currentTimeMillis()))));
        }
        var medians = new ArrayList<Double>();
        for (int step = 0; step < STEPS.size(); step++) {
            int at = step;
            medians.add(
                    Spread.of(runs.stream().map(run -> run.get(at)).toList()).median());
        }
        return medians;
    }
}
