package org.descentlang.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Times workloads in Descent and in libtorch, alternating, every measurement in a process of its own, and prints a
 * table. The relative difference of the first losses tells whether both sides compute the same. {@link LoopRun} comes
 * along without a peer.
 */
final class Compare {
    private final Settings settings;

    private Compare(Settings settings) {
        this.settings = settings;
    }

    /** Those that {@link Settings#rest} names, all without. */
    static void run(Settings settings) throws IOException {
        List<Workload> workloads = settings.rest().isEmpty()
                ? List.of(Workload.values())
                : settings.rest().stream().map(Workload::of).toList();
        System.out.println(Machine.describe());
        System.out.println(Machine.versions());
        System.out.println(BlasCheck.run());
        System.out.printf(
                Locale.ROOT,
                "%d threads; %d processes a side, %s s of warm-up and %s s of measurement in each; microseconds a step%n%n",
                settings.threads(),
                settings.repetitions(),
                settings.seconds(),
                settings.seconds());
        System.out.printf(
                "%-18s %10s %10s %10s   %10s %10s %10s %8s %10s %12s   %12s %12s%n",
                "",
                "Descent",
                "min",
                "max",
                "libtorch",
                "min",
                "max",
                "ratio",
                "losses",
                "our loop",
                "first 5 s",
                "libtorch's");
        workloads.forEach(new Compare(settings)::compare);
    }

    private void compare(Workload workload) {
        var ours = new ArrayList<Measurement>();
        var peers = new ArrayList<Measurement>();
        var loops = new ArrayList<Measurement>();
        for (int i = 0; i < settings.repetitions(); i++) {
            ours.add(measure(DescentRun.class, workload));
            peers.add(measure(LibtorchRun.class, workload));
            loops.add(measure(LoopRun.class, workload));
        }
        Spread our = spread(ours);
        Spread peer = spread(peers);
        System.out.printf(
                Locale.ROOT,
                "%-18s %s   %s %8.2f %10.0e %12.2f   %12.2f %12.2f%n",
                workload.title(),
                our,
                peer,
                peer.median() / our.median(),
                ours.getFirst().difference(peers.getFirst()),
                spread(loops).median(),
                first(ours),
                first(peers));
    }

    private Measurement measure(Class<?> side, Workload workload) {
        return Measurement.parse(JavaProcess.of(side)
                .run(workload.name(), Integer.toString(settings.threads()), Double.toString(settings.seconds())));
    }

    private static double first(List<Measurement> measurements) {
        return Spread.of(measurements.stream().map(Measurement::first).toList()).median();
    }

    private static Spread spread(List<Measurement> measurements) {
        return Spread.of(measurements.stream().map(Measurement::microseconds).toList());
    }
}
