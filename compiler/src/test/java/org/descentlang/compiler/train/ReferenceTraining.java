package org.descentlang.compiler.train;

import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.reference.ReferenceRun;
import org.descentlang.description.Initializer;
import org.descentlang.description.ProgramRole;

/** The reference run: whole batches, numbers of the optimizer as written. */
final class ReferenceTraining {
    private final TrainingSpec spec;
    private final ReferenceRun run;
    private final double[] hyperparameters;
    private final Map<String, TensorValue> fields;
    private final long batch;
    private long step;

    /** @param fields the batch of every step, by name */
    ReferenceTraining(TrainingSpec spec, Map<String, TensorValue> fields, long batch) {
        this.spec = spec;
        this.run = new ReferenceRun(spec);
        this.fields = fields;
        this.batch = batch;
        hyperparameters = spec.hyperparameters().stream()
                .mapToDouble(Hyperparameter::value)
                .toArray();
        spec.model().parameters().forEach(parameter -> run.memory().set(parameter, initial(parameter)));
        spec.update().states().forEach(state -> run.memory().set(state, state.initial()));
    }

    double[] parameter(String path) {
        return Objects.requireNonNull(run.memory().byPath().get(path), path);
    }

    /** Sets a hyperparameter for the steps to come. */
    void set(String path, double value) {
        var paths = spec.hyperparameters().stream().map(Hyperparameter::path).toList();
        hyperparameters[paths.indexOf(path)] = value;
    }

    /** One step; the loss before it, where the gradient is taken. */
    double step() {
        step++;
        if (spec.find(ProgramRole.LOOK_AHEAD).isPresent()) {
            run.run(ProgramRole.LOOK_AHEAD, inputs());
        }
        Inputs examples = inputs();
        fields.forEach((name, value) -> examples.bind(Storage.INPUT, name, value));
        double loss = run.run(ProgramRole.GRADIENT, examples)[0];
        run.run(ProgramRole.UPDATE, inputs());
        return loss;
    }

    private Inputs inputs() {
        return run.inputs(batch, spec.seed(), step, step, hyperparameters);
    }

    private static double[] initial(ParameterSpec parameter) {
        int count = Math.toIntExact(parameter.count());
        return switch (parameter.initial()) {
            case Initializer.Constant(double value) ->
                IntStream.range(0, count).mapToDouble(_ -> value).toArray();
            case Initializer.Values(var values) ->
                values.stream().mapToDouble(Double::doubleValue).toArray();
            default -> throw new IllegalArgumentException("random first values: " + parameter.path());
        };
    }
}
