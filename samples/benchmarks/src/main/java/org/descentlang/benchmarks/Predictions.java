package org.descentlang.benchmarks;

import bench.w5.Mlp;
import bench.w5.W5;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.descentlang.description.Duration;
import org.descentlang.runtime.training.Trainer;

/** How many examples threads predict that share one model, one example a call. */
final class Predictions {
    private static final List<Integer> THREADS = List.of(1, 2, 4);

    private Predictions() {}

    static void run(Settings settings) {
        System.out.println(Machine.describe());
        System.out.printf("W5's network, one example a call%n%n%8s %20s%n", "threads", "predictions a second");
        for (int threads : THREADS) {
            List<Double> counts = JavaProcess.numbers(
                    "predicted ",
                    JavaProcess.of(Predictions.class)
                            .run(Integer.toString(threads), Double.toString(settings.seconds())));
            System.out.printf(Locale.ROOT, "%8d %20.0f%n", threads, counts.getLast());
        }
    }

    /** @param arguments threads; seconds of the warm-up, and again of the measurement */
    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var trained = new Trainer(W5.program())
                .threads(1)
                .length(new Duration(100, Duration.Unit.STEPS))
                .train();
        Mlp model = Mlp.of(trained);
        int threads = Integer.parseInt(arguments[0]);
        long nanoseconds = (long) (Double.parseDouble(arguments[1]) * 1e9);
        for (int turn = 0; turn < 2; turn++) {
            long count = count(model, threads, nanoseconds);
            System.out.println("predicted " + count * 1e9 / nanoseconds);
        }
    }

    private static long count(Mlp model, int threads, long nanoseconds)
            throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<Long>>();
        for (int thread = 0; thread < threads; thread++) {
            var random = new SplittableRandom(thread);
            tasks.add(() -> predicted(model, random, nanoseconds));
        }
        long sum = 0;
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (var future : pool.invokeAll(tasks)) {
                sum += future.get();
            }
        }
        return sum;
    }

    private static long predicted(Mlp model, SplittableRandom random, long nanoseconds) {
        float[] example = new float[4];
        for (int i = 0; i < example.length; i++) {
            example[i] = (float) random.nextDouble();
        }
        long end = System.nanoTime() + nanoseconds;
        long count = 0;
        double sum = 0;
        while (System.nanoTime() < end) {
            for (int i = 0; i < 100; i++) {
                sum += model.predict(example)[0];
            }
            count += 100;
        }
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("a prediction is not a number");
        }
        return count;
    }
}
