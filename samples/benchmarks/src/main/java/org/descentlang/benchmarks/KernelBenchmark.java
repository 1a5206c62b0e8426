package org.descentlang.benchmarks;

import java.util.concurrent.TimeUnit;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.model.Initialization;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Kernels as the compiler emits them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class KernelBenchmark {
    @Param
    public Kernel kernel;

    @Param("1")
    public int threads;

    private Team team;
    private TrainingStep step;
    private StepScalars scalars;
    private Kernel.Pass pass;

    @Setup
    public void open() {
        team = Team.of(threads);
        step = kernel.program().open(1, team);
        pass = kernel.pass();
        TrainingDescription description = step.description();
        scalars = new StepScalars(description.hyperparameters().stream()
                .mapToDouble(HyperparameterDescription::value)
                .toArray());
        TrainingState state = TrainingState.allocate(description);
        Initialization.fill(description.parameters(), description.seed(), state.parameters());
        step.load(state);
    }

    @Benchmark
    public double[] run() {
        return switch (pass) {
            case EVALUATION -> step.run(ProgramRole.EVALUATION, 1, scalars);
            case UPDATE -> step.run(ProgramRole.UPDATE, 1, scalars);
        };
    }

    @TearDown
    public void close() {
        step.close();
        team.close();
    }
}
