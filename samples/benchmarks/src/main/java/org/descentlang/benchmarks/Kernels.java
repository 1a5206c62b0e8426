package org.descentlang.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Times kernels with JMH, MKL's products right after ours, the limits of the machine before all, and prints tables. */
final class Kernels {
    private final int threads;

    private Kernels(int threads) {
        this.threads = threads;
    }

    /** Those whose names contain a word of {@link Settings#rest}, all without. */
    static void run(Settings settings) throws IOException, RunnerException {
        System.out.println(Machine.describe());
        System.out.println(Machine.versions());
        new Kernels(settings.threads())
                .print(Stream.of(Kernel.values())
                        .filter(kernel -> settings.rest().isEmpty()
                                || settings.rest().stream()
                                        .anyMatch(kernel.name().toLowerCase(Locale.ROOT)::contains))
                        .toList());
    }

    private void print(List<Kernel> kernels) throws RunnerException {
        System.out.printf("%d threads%n%n%-20s%n", threads, "limit");
        var rates = new double[Limit.values().length];
        for (Limit limit : Limit.values()) {
            double rate = LimitBenchmark.work(limit, threads) / seconds(LimitBenchmark.class, "limit", limit) * 1e-9;
            rates[limit.ordinal()] = rate;
            System.out.printf(Locale.ROOT, "%-20s %10.1f %s%n", name(limit), rate, limit.unit());
        }
        System.out.printf("%n%-20s %12s %18s %10s %10s%n", "kernel", "microseconds", "", "of limit", "of MKL");
        for (Kernel kernel : kernels) {
            print(kernel, rates[kernel.limit().ordinal()]);
        }
    }

    private void print(Kernel kernel, double most) throws RunnerException {
        double time = seconds(KernelBenchmark.class, "kernel", kernel);
        String share = kernel.isProduct()
                ? String.format(Locale.ROOT, "%.2f", seconds(LibtorchProductBenchmark.class, "kernel", kernel) / time)
                : "";
        double rate = kernel.work() / time * 1e-9;
        System.out.printf(
                Locale.ROOT,
                "%-20s %12.2f %10.1f %-7s %10.2f %10s%n",
                name(kernel),
                time * 1e6,
                rate,
                kernel.limit().unit(),
                rate / most,
                share);
    }

    /** The median time of a call. */
    private double seconds(Class<?> benchmark, String parameter, Enum<?> value) throws RunnerException {
        var flags = new ArrayList<>(JavaProcess.FLAGS);
        flags.add("--sun-misc-unsafe-memory-access=allow");
        var options = new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\.")
                .param(parameter, value.name())
                .param("threads", Integer.toString(threads))
                .jvmArgs(flags.toArray(String[]::new))
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(500))
                .shouldFailOnError(true)
                .build();
        var nowhere = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
        return new Runner(options, nowhere)
                .runSingle()
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(50);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
