package org.descentlang.cli;

import java.util.List;
import java.util.function.ToLongFunction;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.RunningSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.description.DataSource;

/**
 * What a process of {@code descent train} has resident at its peak, predicted: the arrays that training holds and, as
 * one number that was measured, everything that does not depend on the model. Sizes are elements of four bytes.
 *
 * @param copies of what training changes, to return to: from values that are not finite, and to the best epoch
 * @param data examples made in memory; how many a file has is not known
 */
record ProcessMemory(
        long parameters, long gradients, long states, long running, long batch, long work, long copies, long data) {
    /**
     * The JVM with Descent's compiler and javac in it, code that HotSpot compiles and its memory for that, and the
     * young generation of 64 MiB and the serial collector that the {@code descent} script asks for: measured on Linux
     * on x86-64 with JDK 25.
     */
    static final long JVM = 220L << 20;

    static ProcessMemory of(TrainingSpec training) {
        var update = training.update();
        long parameters = sum(training.model().parameters(), ParameterSpec::count);
        long states = sum(update.states(), state -> state.group().count());
        long running = sum(training.model().running(), RunningSpec::count);
        int copies = 2 + (training.keep().isPresent() ? 1 : 0) + (training.skipNonfinite() && running > 0 ? 1 : 0);
        return new ProcessMemory(
                parameters,
                sum(update.groups(), UpdateGroup::count),
                states,
                running,
                example(training, training.batch().orElse(1)),
                PlanText.work(training),
                copies * (parameters + states + running),
                examples(training) * example(training, 1));
    }

    private static long example(TrainingSpec training, long rows) {
        return training.data().stream()
                .flatMap(data -> data.fields().stream())
                .mapToLong(field -> field.type().shape().count(rows))
                .sum();
    }

    /** That are known without a look at files. */
    private static long examples(TrainingSpec training) {
        return training.data()
                .map(data -> switch (data.source()) {
                    case DataSource.File _ -> 0L;
                    case DataSource.RandomExamples(int examples) -> (long) examples;
                })
                .orElse(0L);
    }

    private static <T> long sum(List<T> parts, ToLongFunction<T> count) {
        return parts.stream().mapToLong(count).sum();
    }

    /** Everything. */
    long bytes() {
        return JVM + Float.BYTES * (parameters + gradients + states + running + batch + work + copies + data);
    }

    Table table() {
        var table = new Table(1);
        row(table, "parameters", parameters);
        row(table, "gradients", gradients);
        row(table, "optimizer state", states);
        row(table, "running state", running);
        row(table, "a batch", batch);
        row(table, "intermediate values", work);
        row(table, "copies to return to", copies);
        row(table, "examples made in memory", data);
        return table.row("JVM and compiler", Quantity.bytes(JVM)).row("total", Quantity.bytes(bytes()));
    }

    private static void row(Table table, String name, long elements) {
        table.row(name, Quantity.bytes(Float.BYTES * elements));
    }
}
