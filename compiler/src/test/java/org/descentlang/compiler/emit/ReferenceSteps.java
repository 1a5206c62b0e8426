package org.descentlang.compiler.emit;

import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.reference.ReferenceRun;
import org.descentlang.description.ProgramRole;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** The reference run over the examples in the inputs of a generated step. */
final class ReferenceSteps {
    private final TrainingSpec training;
    private final TrainingStep generated;
    private final ReferenceRun run;

    ReferenceSteps(TrainingSpec training, TrainingStep generated, TrainingState start) {
        this.training = training;
        this.generated = generated;
        run = new ReferenceRun(training);
        widen(start.parameters(), parameters());
        widen(start.states(), run.memory().states());
        widen(start.running(), running());
    }

    private static void widen(float[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
    }

    double[] parameters() {
        return run.memory().parameters();
    }

    double[] running() {
        return run.memory().running();
    }

    /** A gradient and an update. */
    double step(int rows, StepScalars scalars) {
        if (training.find(ProgramRole.LOOK_AHEAD).isPresent()) {
            run.run(ProgramRole.LOOK_AHEAD, numbers(1, scalars));
        }
        double loss = run.run(ProgramRole.GRADIENT, examples(rows, scalars))[0];
        run.run(ProgramRole.UPDATE, numbers(1, scalars));
        return loss;
    }

    /** The loss, then the statistics of metrics. */
    double[] evaluate(int rows, StepScalars scalars) {
        return run.run(ProgramRole.EVALUATION, examples(rows, scalars));
    }

    private Inputs examples(int rows, StepScalars scalars) {
        Inputs inputs = numbers(rows, scalars);
        run.bindExamples(inputs, generated.floatInputs(), generated.intInputs(), generated.capacity());
        return inputs;
    }

    private Inputs numbers(int rows, StepScalars scalars) {
        return run.inputs(rows, scalars.seed, scalars.draw, scalars.update, scalars.hyperparameters);
    }
}
