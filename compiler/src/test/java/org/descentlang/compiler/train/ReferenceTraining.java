package org.descentlang.compiler.train;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.Hyperparameter;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.TensorType;
import org.descentlang.description.Initializer;
import org.descentlang.description.ProgramRole;

/** A run of a `train` by the reference evaluator: whole batches, numbers of the optimizer as written. */
final class ReferenceTraining {
    private final TrainingSpec spec;
    private final Map<String, double[]> parameters = new LinkedHashMap<>();
    private final Map<String, double[]> states = new HashMap<>();
    private final Map<String, Double> scalars = new HashMap<>();
    private final Map<String, TensorValue> fields;
    private final long batch;
    private long step;

    /** @param fields the batch of every step, by name */
    ReferenceTraining(TrainingSpec spec, Map<String, TensorValue> fields, long batch) {
        this.spec = spec;
        this.fields = fields;
        this.batch = batch;
        for (ParameterSpec parameter : spec.model().parameters()) {
            parameters.put(parameter.path(), initial(parameter));
        }
        for (StateSpec state : spec.update().states()) {
            double[] values = new double[Math.toIntExact(state.group().count())];
            java.util.Arrays.fill(values, state.initial());
            states.put(state.path(), values);
        }
        for (Hyperparameter hyperparameter : spec.hyperparameters()) {
            scalars.put(hyperparameter.path(), hyperparameter.value());
        }
    }

    double[] parameter(String path) {
        return Objects.requireNonNull(parameters.get(path), path);
    }

    /** Sets a hyperparameter for the steps to come. */
    void set(String path, double value) {
        scalars.put(path, value);
    }

    /** One step; the loss before it, where the gradient is taken. */
    double step() {
        step++;
        scalars.put("t", (double) step);
        var point = new LinkedHashMap<>(parameters);
        spec.find(ProgramRole.LOOK_AHEAD).ifPresent(program -> scatter(run(program, groupInputs()), point));
        Inputs inputs = inputs();
        point.forEach((path, values) -> inputs.bind(Storage.PARAMETER, path, tensor(path, values)));
        fields.forEach((name, value) -> inputs.bind(Storage.INPUT, name, value));
        Results forwardAndBackward = run(spec.program(ProgramRole.GRADIENT), inputs);
        update(forwardAndBackward);
        return forwardAndBackward.output(Sink.RESULT, "loss").single();
    }

    private void update(Results gradients) {
        Inputs inputs = groupInputs();
        for (UpdateGroup group : spec.update().groups()) {
            var values = group.parameters().stream()
                    .map(parameter ->
                            gradients.output(Sink.GRADIENT, parameter.path()).data())
                    .toList();
            inputs.bind(Storage.GRADIENT, group.name(), vector(values));
        }
        Results results = run(spec.program(ProgramRole.UPDATE), inputs);
        scatter(results, parameters);
        for (StateSpec state : spec.update().states()) {
            states.put(state.path(), results.output(Sink.STATE, state.path()).data());
        }
    }

    private void scatter(Results results, Map<String, double[]> into) {
        for (UpdateGroup group : spec.update().groups()) {
            double[] values = results.output(Sink.PARAMETER, group.name()).data();
            int offset = 0;
            for (ParameterSpec parameter : group.parameters()) {
                int count = Math.toIntExact(parameter.count());
                into.put(parameter.path(), java.util.Arrays.copyOfRange(values, offset, offset + count));
                offset += count;
            }
        }
    }

    private Inputs groupInputs() {
        Inputs inputs = inputs();
        for (UpdateGroup group : spec.update().groups()) {
            var values = group.parameters().stream()
                    .map(parameter -> parameters.get(parameter.path()))
                    .toList();
            inputs.bind(Storage.PARAMETER, group.name(), vector(values));
        }
        states.forEach((path, values) -> inputs.bind(Storage.STATE, path, vector(List.of(values))));
        return inputs;
    }

    private Inputs inputs() {
        var inputs = new Inputs(batch, spec.seed(), step);
        scalars.forEach((path, value) -> inputs.bind(Storage.SCALAR, path, TensorValue.scalar(value)));
        return inputs;
    }

    private static Results run(Program program, Inputs inputs) {
        return ReferenceEvaluator.evaluate(program, inputs);
    }

    private TensorValue tensor(String path, double[] values) {
        ParameterSpec parameter = spec.model().parameters().stream()
                .filter(candidate -> candidate.path().equals(path))
                .findFirst()
                .orElseThrow();
        TensorValue zeros = TensorValue.zeros(TensorType.f32(parameter.shape()), batch);
        return TensorValue.of(zeros.sizes(), values);
    }

    private static TensorValue vector(List<double[]> parts) {
        double[] values =
                parts.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        return TensorValue.of(new int[] {values.length}, values);
    }

    private static double[] initial(ParameterSpec parameter) {
        double[] values = new double[Math.toIntExact(parameter.count())];
        switch (parameter.initial()) {
            case Initializer.Constant(double value) -> java.util.Arrays.fill(values, value);
            case Initializer.Values(var written) -> java.util.Arrays.setAll(values, written::get);
            default -> throw new IllegalArgumentException("random first values: " + parameter.path());
        }
        return values;
    }
}
