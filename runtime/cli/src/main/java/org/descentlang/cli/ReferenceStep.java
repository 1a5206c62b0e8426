package org.descentlang.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.model.DataSpec;
import org.descentlang.compiler.model.ParameterSpec;
import org.descentlang.compiler.model.StateSpec;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.runtime.model.ParameterDescription;
import org.descentlang.runtime.model.RunningDescription;
import org.descentlang.runtime.training.FieldDescription;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingDescription;
import org.descentlang.runtime.training.TrainingState;
import org.descentlang.runtime.training.TrainingStep;

/** A `train` run by the reference evaluator: parameters, gradients and states are doubles, and nothing is fast. */
final class ReferenceStep implements TrainingStep {
    private final TrainingSpec training;
    private final TrainingDescription description;
    private final float[] floatInputs;
    private final int[] intInputs;
    private final double[] parameters;
    private final double[] gradients;
    private final double[] states;
    private final double[] running;
    private Optional<Results> lastGradient = Optional.empty();

    /** @param capacity rows of the largest batch */
    ReferenceStep(TrainingSpec training, int capacity) {
        this.training = training;
        this.description = ReferenceDescription.of(training, capacity);
        this.floatInputs = new float[capacity * width(false)];
        this.intInputs = new int[capacity * width(true)];
        this.parameters = new double[description.parameterCount()];
        this.gradients = new double[description.parameterCount()];
        this.states = new double[description.stateCount()];
        this.running = new double[description.runningCount()];
    }

    @Override
    public TrainingDescription description() {
        return description;
    }

    @Override
    public float[] floatInputs() {
        return floatInputs;
    }

    @Override
    public int[] intInputs() {
        return intInputs;
    }

    @Override
    public void load(TrainingState state) {
        widen(state.parameters(), parameters);
        widen(state.states(), states);
        widen(state.running(), running);
    }

    @Override
    public void save(TrainingState state) {
        narrow(parameters, state.parameters());
        narrow(states, state.states());
        narrow(running, state.running());
    }

    @Override
    public double gradient(int rows, boolean accumulate, StepScalars scalars) {
        double[] point = lookAhead(scalars);
        var results = ReferenceEvaluator.evaluate(training.gradient(), inputs(rows, scalars, point));
        lastGradient = Optional.of(results);
        if (!accumulate) {
            Arrays.fill(gradients, 0);
        }
        for (var output : training.gradient().outputs()) {
            double[] value = results.values().get(output.value()).data();
            switch (output.sink()) {
                case GRADIENT -> add(value, offset(output.name()));
                case RUNNING -> System.arraycopy(value, 0, running, runningOffset(output.name()), value.length);
                case RESULT, PARAMETER, STATE -> {}
            }
        }
        return results.output(Sink.RESULT, "loss").single();
    }

    @Override
    public void update(double scale, StepScalars scalars) {
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] *= scale;
        }
        var results = ReferenceEvaluator.evaluate(training.update().program(), updateInputs(scalars));
        write(results, parameters);
    }

    @Override
    public double gradientNorm() {
        return Math.sqrt(Arrays.stream(gradients).map(g -> g * g).sum());
    }

    @Override
    public void evaluate(int rows, StepScalars scalars, double[] values) {
        var results = ReferenceEvaluator.evaluate(training.evaluation(), inputs(rows, scalars, parameters));
        values[0] = results.output(Sink.RESULT, "loss").single();
        for (int i = 0; i < training.metrics().size(); i++) {
            values[i + 1] = results.output(Sink.RESULT, training.metrics().get(i).name()).single();
        }
    }

    @Override
    public double scheduled(int schedule, int segment, double base, double t, double[] durations) {
        var inputs = new Inputs(1, 0, 0)
                .bind(Storage.SCALAR, "base", TensorValue.scalar(base))
                .bind(Storage.SCALAR, "t", TensorValue.scalar(t));
        for (int i = 0; i < durations.length; i++) {
            inputs.bind(Storage.SCALAR, "duration." + i, TensorValue.scalar(durations[i]));
        }
        var program = training.schedules().get(schedule).segments().get(segment).value();
        return ReferenceEvaluator.evaluate(program, inputs).output(Sink.RESULT, "value").single();
    }

    @Override
    public String firstNonfinite(int rows, StepScalars scalars) {
        return lastGradient.map(ReferenceStep::firstNonfinite).orElse("");
    }

    private static String firstNonfinite(Results results) {
        for (int i = 0; i < results.values().size(); i++) {
            if (Arrays.stream(results.values().get(i).data()).anyMatch(x -> !Double.isFinite(x))) {
                var instruction = results.program().instruction(i);
                return instruction.origin().map(span -> span + ": `" + span.text() + "`").orElse(instruction.op().toString());
            }
        }
        return "";
    }

    @Override
    public void close() {}

    /** The values of a parameter. */
    double[] parameter(ParameterDescription parameter) {
        return Arrays.copyOfRange(parameters, parameter.offset(), parameter.offset() + parameter.count());
    }

    /** Where the gradient is taken: at the parameters themselves, unless the rule says `gradient at`. */
    private double[] lookAhead(StepScalars scalars) {
        double[] point = parameters.clone();
        training.update()
                .lookAhead()
                .ifPresent(program -> write(ReferenceEvaluator.evaluate(program, updateInputs(scalars)), point));
        return point;
    }

    private Inputs inputs(int rows, StepScalars scalars, double[] point) {
        var inputs = scalars(rows, scalars);
        for (FieldDescription field : description.fields()) {
            inputs.bind(Storage.INPUT, field.name(), field(field, rows));
        }
        for (ParameterDescription parameter : description.parameters()) {
            double[] value = Arrays.copyOfRange(point, parameter.offset(), parameter.offset() + parameter.count());
            inputs.bind(Storage.PARAMETER, parameter.path(), TensorValue.of(sizes(parameter.shape()), value));
        }
        for (RunningDescription state : description.running()) {
            double[] value = Arrays.copyOfRange(running, state.offset(), state.offset() + state.count());
            inputs.bind(Storage.RUNNING, state.path(), TensorValue.of(sizes(state.shape()), value));
        }
        return inputs;
    }

    private Inputs updateInputs(StepScalars scalars) {
        var inputs = scalars(1, scalars);
        for (UpdateGroup group : training.update().groups()) {
            inputs.bind(Storage.PARAMETER, group.name(), vector(parameters, offset(group), group.count()));
            inputs.bind(Storage.GRADIENT, group.name(), vector(gradients, offset(group), group.count()));
        }
        int offset = 0;
        for (StateSpec state : training.update().states()) {
            inputs.bind(Storage.STATE, state.path(), vector(states, offset, state.group().count()));
            offset += (int) state.group().count();
        }
        return inputs;
    }

    private Inputs scalars(int rows, StepScalars scalars) {
        var inputs = new Inputs(rows, scalars.seed, scalars.draw);
        inputs.bind(Storage.SCALAR, "t", TensorValue.scalar(scalars.update));
        for (int i = 0; i < scalars.hyperparameters.length; i++) {
            String path = description.hyperparameters().get(i).path();
            inputs.bind(Storage.SCALAR, path, TensorValue.scalar(scalars.hyperparameters[i]));
        }
        return inputs;
    }

    /** Takes over what an update program writes. */
    private void write(Results results, double[] point) {
        for (var output : results.program().outputs()) {
            double[] value = results.values().get(output.value()).data();
            switch (output.sink()) {
                case PARAMETER -> System.arraycopy(value, 0, point, groupOffset(output.name()), value.length);
                case STATE -> System.arraycopy(value, 0, states, stateOffset(output.name()), value.length);
                case RESULT, GRADIENT, RUNNING -> {}
            }
        }
    }

    private TensorValue field(FieldDescription field, int rows) {
        double[] data = new double[rows * field.width()];
        for (int i = 0; i < data.length; i++) {
            data[i] = field.label() ? intInputs[field.offset() + i] : floatInputs[field.offset() + i];
        }
        var type = training.data().orElseThrow().fields().stream()
                .filter(spec -> spec.name().equals(field.name()))
                .map(DataSpec.Field::type)
                .findFirst()
                .orElseThrow();
        int[] sizes = type.shape().dims().stream().mapToInt(dim -> (int) dim.size(rows)).toArray();
        return new TensorValue(field.label() ? ElementType.I32 : ElementType.F32, sizes, data);
    }

    private void add(double[] value, int offset) {
        for (int i = 0; i < value.length; i++) {
            gradients[offset + i] += value[i];
        }
    }

    private int offset(String path) {
        return description.parameters().stream()
                .filter(parameter -> parameter.path().equals(path))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private int offset(UpdateGroup group) {
        ParameterSpec first = group.parameters().getFirst();
        return offset(first.path());
    }

    private int groupOffset(String name) {
        return training.update().groups().stream()
                .filter(group -> group.name().equals(name))
                .mapToInt(this::offset)
                .findFirst()
                .orElseThrow();
    }

    private int stateOffset(String path) {
        return description.states().stream()
                .filter(state -> state.path().equals(path))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private int runningOffset(String path) {
        return description.running().stream()
                .filter(state -> state.path().equals(path))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private static TensorValue vector(double[] slab, int offset, long count) {
        return TensorValue.of(new int[] {(int) count}, Arrays.copyOfRange(slab, offset, offset + (int) count));
    }

    private static int[] sizes(List<Integer> shape) {
        return shape.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Values an example of all labels, or of all other fields. */
    private int width(boolean label) {
        return description.fields().stream()
                .filter(field -> field.label() == label)
                .mapToInt(FieldDescription::width)
                .sum();
    }

    private static void widen(float[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[i];
        }
    }

    private static void narrow(double[] from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = (float) from[i];
        }
    }
}
