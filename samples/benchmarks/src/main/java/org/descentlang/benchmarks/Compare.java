package org.descentlang.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times each workload in Descent and in libtorch, alternating, every measurement in a process of its own, and prints the table.
 *
 * <p>Usage: {@code Compare [repetitions [threads [workload…]]]}.
 */
final class Compare {
    private static final int DEFAULT_REPETITIONS = 5;

    private final int repetitions;
    private final int threads;

    private Compare(int repetitions, int threads) {
        this.repetitions = repetitions;
        this.threads = threads;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_REPETITIONS;
        int threads = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        var workloads = new ArrayList<Workload>();
        for (int i = 2; i < arguments.length; i++) {
            workloads.add(Workload.of(arguments[i]));
        }
        new Compare(repetitions, threads).run(workloads.isEmpty() ? List.of(Workload.values()) : workloads);
    }

    private void run(List<Workload> workloads) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        System.out.printf(
                Locale.ROOT,
                "JDK %s, libtorch through JavaCPP with MKL, %d threads, %d repetitions, microseconds a step%n%n",
                Runtime.version(),
                threads,
                repetitions);
        System.out.printf("%-20s%12s%12s%12s%12s%12s%12s%8s%n", "", "Descent", "min", "max", "libtorch", "min", "max", "ratio");
        for (Workload workload : workloads) {
            compare(workload);
        }
    }

    private void compare(Workload workload) throws IOException, InterruptedException {
        var ours = new ArrayList<Double>();
        var peers = new ArrayList<Double>();
        for (int i = 0; i < repetitions; i++) {
            ours.add(measure(DescentRun.class, workload));
            peers.add(measure(LibtorchRun.class, workload));
        }
        var our = Spread.of(ours);
        var peer = Spread.of(peers);
        System.out.printf(
                Locale.ROOT,
                "%-20s%12.3f%12.3f%12.3f%12.3f%12.3f%12.3f%8.2f%n",
                workload.title(),
                our.median(),
                our.minimum(),
                our.maximum(),
                peer.median(),
                peer.minimum(),
                peer.maximum(),
                peer.median() / our.median());
    }

    /** The median step of one process. */
    private double measure(Class<?> side, Workload workload) throws IOException, InterruptedException {
        var command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Dorg.bytedeco.openblas.load=mkl",
                "-cp",
                System.getProperty("java.class.path"),
                side.getName(),
                workload.name(),
                Integer.toString(threads));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        int status = process.waitFor();
        return output.lines()
                .filter(line -> line.startsWith("step "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        side.getSimpleName() + " " + workload + " ended with " + status + ":\n" + output));
    }
}
