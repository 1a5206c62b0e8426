package org.descentlang.benchmarks;

import bench.w1.W1;
import java.util.List;
import java.util.Locale;
import org.descentlang.description.Duration;
import org.descentlang.runtime.training.Progress;
import org.descentlang.runtime.training.Trainer;
import org.descentlang.runtime.training.TrainingListener;

/** Whether steps of W1 take as long after many as after few: denormal numbers would slow them down. */
final class Steadiness {
    private static final List<Integer> STEPS = List.of(1_000, 2_000, 5_000, 10_000, 20_000, 50_000);

    /** Timed up to each of {@link #STEPS}, in blocks of which the median counts. */
    private static final int BLOCKS = 9;

    private static final int BLOCK = 100;

    private Steadiness() {}

    static void run(Settings settings) {
        System.out.println(Machine.describe());
        System.out.printf("%d threads; W1, batch 64%n%n%8s %18s %8s%n", settings.threads(), "step", "microseconds", "");
        List<Double> times = JavaProcess.numbers(
                "step ", JavaProcess.of(Steadiness.class).run(Integer.toString(settings.threads())));
        for (int i = 0; i < times.size(); i++) {
            System.out.printf(
                    Locale.ROOT, "%8d %18.1f %8.2f%n", STEPS.get(i), times.get(i), times.get(i) / times.getFirst());
        }
    }

    /** @param arguments threads */
    public static void main(String[] arguments) {
        new Trainer(W1.program())
                .threads(Integer.parseInt(arguments[0]))
                .length(new Duration(STEPS.getLast(), Duration.Unit.STEPS))
                .train(new Timer());
    }

    private static final class Timer implements TrainingListener {
        private final double[] blocks = new double[BLOCKS];
        private int next;
        private long begin;

        @Override
        public void onStep(Progress progress) {
            int left = (int) (STEPS.get(next) - progress.steps());
            if (left > BLOCKS * BLOCK || left % BLOCK != 0) {
                return;
            }
            long now = System.nanoTime();
            int block = BLOCKS - 1 - left / BLOCK;
            if (block >= 0) {
                blocks[block] = (now - begin) * 1e-3 / BLOCK;
            }
            begin = now;
            if (left == 0) {
                System.out.println("step " + Spread.of(blocks).median());
                next++;
            }
        }
    }
}
