package org.descentlang.benchmarks;

import org.descentlang.description.ProgramRole;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.HyperparameterDescription;
import org.descentlang.runtime.model.Initialization;
import org.descentlang.runtime.thread.Team;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** Our side of {@link Compare}: the generated step, gradient and update. Nothing is reset while it runs. */
final class DescentRun {
    private final TrainingStep step;
    private final StepScalars scalars;
    private final Batches batches;
    private final int rows;

    private DescentRun(TrainingStep step, TrainingDescription description) {
        this.step = step;
        scalars = new StepScalars(description.hyperparameters().stream()
                .mapToDouble(HyperparameterDescription::value)
                .toArray());
        scalars.seed = description.seed();
        batches = new Batches(description);
        rows = rows(description);
        TrainingState state = TrainingState.allocate(description);
        Initialization.fill(description.parameters(), description.seed(), state.parameters());
        step.load(state);
    }

    /** @param arguments workload, threads, seconds */
    public static void main(String[] arguments) {
        var workload = Workload.of(arguments[0]);
        var timer = new StepTimer(workload.block(), Double.parseDouble(arguments[2]));
        TrainingDescription description = workload.program().description();
        try (Team team = Team.of(Integer.parseInt(arguments[1]));
                TrainingStep step = workload.program().open(rows(description), team)) {
            new DescentRun(step, description).measure(timer);
        }
        timer.print();
    }

    private void measure(StepTimer timer) {
        boolean isDone = false;
        while (!isDone) {
            if (timer.isBetweenBlocks()) {
                loadNextBatch();
                timer.resume();
            }
            double loss = step.run(ProgramRole.GRADIENT, rows, scalars)[0];
            step.run(ProgramRole.UPDATE, 1, scalars);
            scalars.update++;
            scalars.draw++;
            isDone = timer.step(loss);
        }
    }

    /** The workloads have one field of numbers and one of labels, so each lies at the beginning. */
    private void loadNextBatch() {
        batches.advance();
        System.arraycopy(batches.inputs(), 0, step.floatInputs(), 0, batches.inputs().length);
        System.arraycopy(batches.labels(), 0, step.intInputs(), 0, batches.labels().length);
    }

    /** Without data there is one example. */
    private static int rows(TrainingDescription description) {
        return Math.max(1, description.batch());
    }
}
