package org.descentlang.compiler.emit;

import java.util.Arrays;
import java.util.List;
import org.descentlang.compiler.ir.Instruction;
import org.descentlang.compiler.ir.Op;
import org.descentlang.compiler.ir.Op.Storage;
import org.descentlang.compiler.ir.Output;
import org.descentlang.compiler.ir.Output.Sink;
import org.descentlang.compiler.ir.Program;
import org.descentlang.compiler.model.Totals;
import org.descentlang.compiler.model.TrainingSpec;
import org.descentlang.compiler.model.UpdateGroup;
import org.descentlang.compiler.op.Inputs;
import org.descentlang.compiler.op.ReferenceEvaluator;
import org.descentlang.compiler.op.Results;
import org.descentlang.compiler.op.TensorValue;
import org.descentlang.compiler.type.ElementType;
import org.descentlang.description.FieldDescription;
import org.descentlang.description.ParameterDescription;
import org.descentlang.description.ProgramRole;
import org.descentlang.description.RunningDescription;
import org.descentlang.description.TrainingDescription;
import org.descentlang.description.TrainingDescription.StateDescription;
import org.descentlang.runtime.training.StepScalars;
import org.descentlang.runtime.training.TrainingState;

/** A training run by the reference evaluator, in the layout of a generated step. */
final class ReferenceRun {
    private final TrainingSpec training;
    private final TrainingDescription description;
    private final int capacity;
    private final double[] parameters;
    private final double[] states;
    private final double[] running;
    private final double[] gradients;

    ReferenceRun(TrainingSpec training, TrainingDescription description, int capacity, TrainingState start) {
        this.capacity = capacity;
        this.training = training;
        this.description = description;
        this.parameters = widened(start.parameters());
        this.states = widened(start.states());
        this.running = widened(start.running());
        this.gradients = new double[parameters.length];
    }

    double[] parameters() {
        return parameters;
    }

    double[] running() {
        return running;
    }

    /** A gradient and an update. */
    double step(int rows, float[] floatInputs, int[] intInputs, StepScalars scalars) {
        double[] point = parameters.clone();
        training.find(ProgramRole.LOOK_AHEAD)
                .ifPresent(
                        program -> writeGroups(ReferenceEvaluator.evaluate(program, groups(scalars)), program, point));
        Results results = ReferenceEvaluator.evaluate(
                training.program(ProgramRole.GRADIENT), tensors(rows, floatInputs, intInputs, point, scalars));
        for (Output output : training.program(ProgramRole.GRADIENT).outputs()) {
            double[] value = results.values().get(output.value()).data();
            switch (output.sink()) {
                case GRADIENT ->
                    System.arraycopy(
                            value, 0, gradients, parameter(output.name()).offset(), value.length);
                case RUNNING ->
                    System.arraycopy(
                            value, 0, running, runningState(output.name()).offset(), value.length);
                case RESULT, PARAMETER, STATE -> {}
            }
        }
        Program update = training.program(ProgramRole.UPDATE);
        writeGroups(ReferenceEvaluator.evaluate(update, groups(scalars)), update, parameters);
        return results.output(Sink.RESULT, "loss").single();
    }

    /** The loss, then the statistics of metrics. */
    double[] evaluate(int rows, float[] floatInputs, int[] intInputs, StepScalars scalars) {
        Results results = ReferenceEvaluator.evaluate(
                training.program(ProgramRole.EVALUATION), tensors(rows, floatInputs, intInputs, parameters, scalars));
        double[] values = new double[1 + Math.toIntExact(training.totals().count())];
        values[0] = results.output(Sink.RESULT, "loss").single();
        int place = 1;
        for (Totals.Statistic statistic : training.totals().statistics()) {
            double[] value = results.output(Sink.RESULT, statistic.name()).data();
            System.arraycopy(value, 0, values, place, value.length);
            place += value.length;
        }
        return values;
    }

    private void writeGroups(Results results, Program program, double[] target) {
        for (Output output : program.outputs()) {
            double[] value = results.values().get(output.value()).data();
            if (output.sink() == Sink.PARAMETER) {
                System.arraycopy(value, 0, target, groupOffset(output.name()), value.length);
            } else {
                System.arraycopy(value, 0, states, state(output.name()).offset(), value.length);
            }
        }
    }

    private Inputs tensors(int rows, float[] floatInputs, int[] intInputs, double[] point, StepScalars scalars) {
        Inputs inputs = scalars(rows, scalars);
        for (FieldDescription field : description.fields()) {
            var type = training.data().orElseThrow().fields().stream()
                    .filter(spec -> spec.name().equals(field.name()))
                    .findFirst()
                    .orElseThrow()
                    .type();
            double[] values = new double[rows * field.width()];
            for (int i = 0; i < values.length; i++) {
                int place = field.offset(capacity) + i;
                values[i] = field.whole() ? intInputs[place] : floatInputs[place];
            }
            int[] sizes = type.shape().dims().stream()
                    .mapToInt(dim -> (int) dim.size(rows))
                    .toArray();
            ElementType element = field.whole() ? ElementType.I32 : ElementType.F32;
            inputs.bind(Storage.INPUT, field.name(), new TensorValue(element, sizes, values));
        }
        for (ParameterDescription parameter : description.parameters()) {
            inputs.bind(
                    Storage.PARAMETER,
                    parameter.path(),
                    tensor(parameter.shape(), point, parameter.offset(), parameter.count()));
        }
        for (RunningDescription state : description.running()) {
            inputs.bind(Storage.RUNNING, state.path(), tensor(state.shape(), running, state.offset(), state.count()));
        }
        return inputs;
    }

    private Inputs groups(StepScalars scalars) {
        Inputs inputs = scalars(1, scalars);
        for (UpdateGroup group : training.update().groups()) {
            List<Integer> shape = List.of((int) group.count());
            int offset = groupOffset(group.name());
            inputs.bind(Storage.PARAMETER, group.name(), tensor(shape, parameters, offset, (int) group.count()));
            inputs.bind(Storage.GRADIENT, group.name(), tensor(shape, gradients, offset, (int) group.count()));
        }
        for (StateDescription state : description.states()) {
            inputs.bind(
                    Storage.STATE, state.path(), tensor(List.of(state.count()), states, state.offset(), state.count()));
        }
        return inputs;
    }

    private Inputs scalars(int rows, StepScalars scalars) {
        var inputs = new Inputs(rows, scalars.seed, scalars.draw);
        sizes().forEach(path -> inputs.bind(Storage.SCALAR, path, TensorValue.scalar(Double.NaN)));
        inputs.bind(Storage.SCALAR, "t", TensorValue.scalar((double) scalars.update));
        for (int i = 0; i < scalars.hyperparameters.length; i++) {
            String path = description.hyperparameters().get(i).path();
            inputs.bind(Storage.SCALAR, path, TensorValue.scalar(scalars.hyperparameters[i]));
        }
        return inputs;
    }

    /** Arguments that serve as sizes are read by programs and not used; NaN shows if one is. */
    private List<String> sizes() {
        return training.programs().values().stream()
                .flatMap(program -> program.instructions().stream())
                .map(Instruction::op)
                .filter(op -> op instanceof Op.Read read && read.storage() == Storage.SCALAR)
                .map(op -> ((Op.Read) op).name())
                .toList();
    }

    private int groupOffset(String name) {
        var group = training.update().groups().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return parameter(group.parameters().getFirst().path()).offset();
    }

    private ParameterDescription parameter(String path) {
        return description.parameters().stream()
                .filter(parameter -> parameter.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private RunningDescription runningState(String path) {
        return description.running().stream()
                .filter(state -> state.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private StateDescription state(String path) {
        return description.states().stream()
                .filter(state -> state.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static TensorValue tensor(List<Integer> shape, double[] values, int offset, int count) {
        int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
        return TensorValue.of(sizes, Arrays.copyOfRange(values, offset, offset + count));
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
